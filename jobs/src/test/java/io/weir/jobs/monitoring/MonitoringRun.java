package io.weir.jobs.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.jobs.launch.Launcher;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.launch.SettingsOptions;
import io.weir.jobs.local.LocalCluster;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine;

/** Runs the monitoring job from a settings file, on the way that {@code weir run} takes. */
final class MonitoringRun {

  private static final ObjectMapper JACKSON = new ObjectMapper();

  private final Path folder;

  MonitoringRun(Path folder) {
    this.folder = folder;
  }

  /** The profile of {@code weir run}. */
  static Configuration profile() {
    return LocalCluster.profile(Path.of("..", "flink-conf", "local"));
  }

  /** Runs a bounded job to its end; its settings say everything but the two sinks. */
  void run(LocalCluster cluster, int parallelism, String yaml) throws Exception {
    PreparedJob job = prepare(yaml);
    cluster
        .submit(
            "monitoring",
            env -> {
              env.setParallelism(parallelism);
              job.define(env);
            })
        .getJobExecutionResult()
        .get();
  }

  PreparedJob prepare(String yaml) throws IOException {
    SettingsOptions options =
        CommandLine.populateCommand(new SettingsOptions(), "--settings", write(yaml).toString());
    return new Launcher(List.of(new MonitoringJob()), name -> null)
        .prepare(MonitoringJob.NAME, options);
  }

  /** For jobs that are put together in another way. */
  MonitoringSettings settings(String yaml) throws IOException {
    Problems problems = new Problems();
    MonitoringSettings settings =
        MonitoringSettings.read(
            new SettingsFile(problems, name -> null).read(write(yaml), List.of()));
    problems.throwIfAny();
    return settings;
  }

  private Path write(String yaml) throws IOException {
    String sinks =
        """

        sink: {file: {path: "%s"}}
        dead-letters: {file: {path: "%s"}}
        """
            .formatted(folder.resolve("out"), folder.resolve("dead"));
    return Files.writeString(folder.resolve("settings.yaml"), yaml + sinks);
  }

  List<JsonNode> table(String name) throws IOException {
    return lines(folder.resolve("out").resolve(name));
  }

  List<JsonNode> deadLetters() throws IOException {
    return lines(folder.resolve("dead"));
  }

  private static List<JsonNode> lines(Path folder) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    if (!Files.exists(folder)) {
      return lines;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(each -> !each.getFileName().toString().startsWith(".")).toList()) {
        for (String line : Files.readAllLines(file)) {
          lines.add(JACKSON.readTree(line));
        }
      }
    }
    return lines;
  }
}
