package io.weir.consensus.server.endpoints;

import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.WatchListener;
import io.weir.consensus.http.wire.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Takes the first versions that a watch delivers, with those that come right behind them. */
final class Poll implements WatchListener {

  /** Of documents, so that many watches of large ones do not fill memory. */
  private static final int MAX_CHARACTERS = 512 * 1024;

  private final Executor executor;
  private final CompletableFuture<List<Revision>> found = new CompletableFuture<>();
  private final List<Revision> revisions = new ArrayList<>();
  private int characters;
  private boolean full;

  Poll(Executor executor) {
    this.executor = executor;
  }

  CompletableFuture<List<Revision>> found() {
    return found;
  }

  @Override
  public synchronized void onRevision(Revision revision) {
    if (full) {
      return;
    }
    revisions.add(revision);
    characters += revision.content().map(String::length).orElse(0);
    full = revisions.size() >= Pages.REVISIONS || characters >= MAX_CHARACTERS;
    if (revisions.size() == 1) {
      // While another thread comes to it, this one brings what else is there.
      executor.execute(this::finish);
    }
  }

  private void finish() {
    List<Revision> all;
    synchronized (this) {
      full = true;
      all = List.copyOf(revisions);
    }
    found.complete(all);
  }

  @Override
  public void onEnd(StoreException reason) {
    synchronized (this) {
      if (!revisions.isEmpty()) {
        // What was delivered comes first; the next question meets the end.
        return;
      }
    }
    found.completeExceptionally(reason);
  }

  void stop() {
    found.completeExceptionally(new StoreException.Unavailable("this node stops"));
  }
}
