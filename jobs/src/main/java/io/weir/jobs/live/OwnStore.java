package io.weir.jobs.live;

import io.weir.consensus.ConfigurationStore;
import io.weir.operators.epoch.StoreProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A store of the job's own: one node in a process beside it, which {@code weir run} starts before
 * the job and ends after it.
 *
 * @param document what the job follows there
 * @param folder where the node lives
 * @param kept whether the folder stays, and is used again by the next run; otherwise the store ends
 *     with the run, and the next one begins with its initial configuration
 */
public record OwnStore(String document, String folder, boolean kept) implements StoreProvider {

  @Override
  public ConfigurationStore open() throws IOException {
    if (!Files.exists(clientFile())) {
      throw new IOException(
          "store.embedded is for ./weir run, which starts the node, but there is no "
              + clientFile()
              + "; for another way to start the job, name the nodes of a store");
    }
    return ClientFile.read(clientFile()).open();
  }

  /** What {@code weir config --store} needs. */
  public Path clientFile() {
    return Path.of(folder, "store.yaml");
  }
}
