package io.weir.jobs.cli;

import io.weir.jobs.local.LocalCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that choose the Flink that a command starts. */
final class ProfileOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--conf",
      paramLabel = "FOLDER",
      description = "Flink's configuration, a folder with a config.yaml. Default: flink-conf/local")
  private @Nullable Path conf;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      converter = ParallelismConverter.class,
      description = "Subtasks of every operator, 1 to 128. Default: what the configuration says.")
  private @Nullable Integer parallelism;

  /** The folder that was chosen. */
  Path folder(Place place) {
    Path folder = conf == null ? place.localProfile() : conf;
    if (!Files.isRegularFile(folder.resolve("config.yaml"))) {
      throw new ParameterException(
          command.commandLine(), "--conf " + folder + ": there is no config.yaml in it");
    }
    return folder;
  }

  /** The configuration in the folder, with the options over it. */
  Configuration load(Path folder) {
    Configuration profile = LocalCluster.profile(folder);
    if (parallelism != null) {
      profile.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    }
    return profile;
  }
}
