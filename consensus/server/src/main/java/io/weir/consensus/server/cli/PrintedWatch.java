package io.weir.consensus.server.cli;

import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.Watch;
import io.weir.consensus.WatchListener;
import java.util.concurrent.CompletableFuture;

/** A watch whose versions are printed, until the process or the watch ends. */
final class PrintedWatch implements WatchListener {

  private final Printer printer;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  PrintedWatch(Printer printer) {
    this.printer = printer;
  }

  @SuppressWarnings("try") // It is watched as long as the block lasts.
  void run(ConfigurationStore store, String job, long from) {
    try (Watch watch = store.watch(job, from, this)) {
      ended.join();
    }
  }

  @Override
  public void onRevision(Revision revision) {
    printer.watched(revision);
  }

  @Override
  public void onEnd(StoreException reason) {
    ended.completeExceptionally(reason);
  }
}
