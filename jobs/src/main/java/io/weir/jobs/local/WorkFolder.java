package io.weir.jobs.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.util.FileUtils;

/** The temporary folder of one local cluster. */
final class WorkFolder {

  private final Path root;

  private WorkFolder(Path root) {
    this.root = root;
  }

  static WorkFolder create() throws IOException {
    return new WorkFolder(Files.createTempDirectory("weir-flink-"));
  }

  static WorkFolder createIn(Path parent) throws IOException {
    return new WorkFolder(Files.createTempDirectory(parent, "weir-flink-"));
  }

  /** A copy of the profile in which every folder that it leaves open lies in here. */
  Configuration placeInto(Configuration profile) {
    Configuration placed = new Configuration(profile);
    List<ConfigOption<String>> uris =
        List.of(
            CheckpointingOptions.CHECKPOINTS_DIRECTORY, CheckpointingOptions.SAVEPOINT_DIRECTORY);
    List<ConfigOption<String>> paths =
        List.of(CoreOptions.TMP_DIRS, ClusterOptions.PROCESS_WORKING_DIR_BASE, WebOptions.TMP_DIR);
    uris.forEach(option -> placeAt(placed, option, folder(option).toUri().toString()));
    paths.forEach(option -> placeAt(placed, option, folder(option).toString()));
    return placed;
  }

  private Path folder(ConfigOption<String> option) {
    return root.resolve(option.key());
  }

  private static void placeAt(Configuration placed, ConfigOption<String> option, String place) {
    if (!placed.contains(option)) {
      placed.set(option, place);
    }
  }

  void delete() throws IOException {
    FileUtils.deleteDirectory(root.toFile());
  }
}
