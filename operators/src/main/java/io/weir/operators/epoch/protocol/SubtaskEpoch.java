package io.weir.operators.epoch.protocol;

import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.epoch.VersionedConfiguration;
import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.message.Prepare;
import org.jspecify.annotations.Nullable;

/**
 * A subtask's side of the {@link EpochProtocol}: what it is under, and what it will be under behind
 * the next barrier. Knows nothing of Flink; for the task's thread only.
 *
 * @param <C> the decoded configuration
 */
public final class SubtaskEpoch<C> {

  private static final long NONE = -1;

  private final Configured<C> configured;
  private Document present;

  private long preparedCheckpoint = NONE;
  private @Nullable Prepared<C> prepared;
  private long switchedAt = NONE;
  private long barred = NONE;

  private record Prepared<C>(Document document, VersionedConfiguration<C> configuration) {}

  /**
   * Begins under a version, and hands it over.
   *
   * @throws InvalidConfigurationException if it cannot be used
   */
  public SubtaskEpoch(Configured<C> configured, Document first)
      throws InvalidConfigurationException {
    this.configured = configured;
    present = first;
    configured.configure(decode(first).configuration());
  }

  private Prepared<C> decode(Document document) throws InvalidConfigurationException {
    C value = configured.configurationType().decode(document.text());
    configured.check(value);
    return new Prepared<>(document, new VersionedConfiguration<>(document.version(), value));
  }

  /**
   * Prepares for what is in force behind a barrier; a later call takes the place of an earlier one.
   *
   * @return why the version cannot be used; null if it can
   */
  public @Nullable String prepare(Prepare message) {
    preparedCheckpoint = message.checkpoint();
    prepared = null;
    Document document = message.document();
    if (document != null && !document.equals(present)) {
      try {
        prepared = decode(document);
      } catch (InvalidConfigurationException e) {
        return String.valueOf(e.getMessage());
      } catch (RuntimeException e) {
        // It would end the task, and after each restart the version would be proposed again.
        return e.toString();
      }
    }
    return null;
  }

  /**
   * The barrier of a checkpoint is here.
   *
   * @throws IllegalStateException if nothing was prepared for it, which cannot be
   */
  public void switchAt(long checkpoint) {
    if (preparedCheckpoint < checkpoint) {
      throw new IllegalStateException(
          "barrier %d came, but only %d was prepared".formatted(checkpoint, preparedCheckpoint));
    }
    // A late barrier of a checkpoint that was aborted.
    if (preparedCheckpoint > checkpoint || checkpoint <= barred) {
      return;
    }
    switchedAt = checkpoint;
    Prepared<C> next = prepared;
    if (next != null) {
      prepared = null;
      present = next.document();
      configured.configure(next.configuration());
    }
  }

  /**
   * Says whether the barrier of a checkpoint was here. If not, it changes nothing any more: the
   * answer stays true.
   */
  public boolean standsBehind(long checkpoint) {
    barred = Math.max(barred, checkpoint);
    return switchedAt == checkpoint;
  }
}
