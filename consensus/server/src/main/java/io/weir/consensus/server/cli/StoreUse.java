package io.weir.consensus.server.cli;

import io.weir.consensus.http.HttpStore;
import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.ExitCode;

/** Opens the store for one command, and closes it behind. */
final class StoreUse {

  private final Connection connection;
  private final Supplier<PrintWriter> out;

  /**
   * @param out is asked anew by each command
   */
  StoreUse(Connection connection, Supplier<PrintWriter> out) {
    this.connection = connection;
    this.out = out;
  }

  /** Does the work, and returns the exit code of what was done; else the work's refusal. */
  int with(StoreOption at, Consumer<HttpStore> work) {
    try (HttpStore store = connection.open(at.file())) {
      work.accept(store);
      return ExitCode.OK;
    } finally {
      out().flush();
    }
  }

  PrintWriter out() {
    return out.get();
  }
}
