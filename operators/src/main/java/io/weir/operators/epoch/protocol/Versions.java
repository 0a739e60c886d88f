package io.weir.operators.epoch.protocol;

import io.weir.operators.epoch.message.Document;
import org.jspecify.annotations.Nullable;

/** The version that all members stand at, and what may follow it. */
final class Versions {

  private @Nullable Document current;
  private @Nullable Document newest;
  // Older ones are never offered again.
  private @Nullable Document lastRefused;
  // Went back from a switch: the next one waits until a checkpoint without one has completed.
  private boolean wary;

  /** What all members stand at; null before the first version is known. */
  @Nullable Document current() {
    return current;
  }

  boolean isCurrent(Document document) {
    return document.equals(current);
  }

  void standAt(Document document) {
    current = document;
  }

  /** Takes a version in, unless it was refused; returns whether it did. */
  boolean offer(Document document) {
    if (document.equals(lastRefused)) {
      return false;
    }
    newest = document;
    return true;
  }

  void refuse(Document document) {
    lastRefused = document;
    if (document.equals(newest)) {
      newest = null;
    }
  }

  /** Whether something newer waits. */
  boolean isBehind() {
    return current != null && newest != null && !newest.equals(current);
  }

  /**
   * What a job begins under that no checkpoint tells. The one that it had is known to be usable.
   */
  @Nullable Document first() {
    return current != null ? current : newest;
  }

  /**
   * What the next checkpoint is to bring.
   *
   * @param isAnyoneThere otherwise nobody could refuse anything newer
   */
  Document next(boolean isAnyoneThere) {
    Document next = isAnyoneThere && isBehind() && !wary ? newest : current;
    if (next == null) {
      throw new IllegalStateException("nothing to prepare for");
    }
    return next;
  }

  void beWary(boolean wentBack) {
    wary |= wentBack;
  }

  void beWaryNoMore() {
    wary = false;
  }
}
