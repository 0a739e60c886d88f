package io.weir.consensus.server.cli;

import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.Watch;
import io.weir.consensus.WatchListener;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** A watch whose versions are printed, until the process, the watch or whoever reads them ends. */
final class PrintedWatch implements WatchListener {

  private final Printer printer;
  private final BooleanSupplier failed;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /**
   * @param failed whether what was printed could not be written
   */
  PrintedWatch(Printer printer, BooleanSupplier failed) {
    this.printer = printer;
    this.failed = failed;
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
    if (failed.getAsBoolean()) {
      ended.complete(null);
    }
  }

  @Override
  public void onEnd(StoreException reason) {
    ended.completeExceptionally(reason);
  }
}
