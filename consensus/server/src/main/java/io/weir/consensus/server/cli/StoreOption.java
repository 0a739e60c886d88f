package io.weir.consensus.server.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --store}: what every sub-command knows. */
final class StoreOption {

  @Option(
      names = "--store",
      paramLabel = "<file>",
      defaultValue = "${env:WEIR_STORE:-store.yaml}",
      description =
          "How to reach the cluster; default: the environment's WEIR_STORE, or store.yaml here.")
  private Path file = Path.of("store.yaml");

  Path file() {
    return file;
  }
}
