package io.weir.jobs.analytics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.jobs.launch.Launcher;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.launch.SettingsOptions;
import io.weir.jobs.local.LocalCluster;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine;

/** Runs the analytics job from a settings file, on the way that {@code weir run} takes. */
final class AnalyticsRun {

  /** What the job wrote: results and dead letters, each in no particular order. */
  record Output(List<JsonNode> rows, List<JsonNode> deadLetters) {}

  private static final ObjectMapper JACKSON = new ObjectMapper();

  private AnalyticsRun() {}

  /** The profile of {@code weir run}. */
  static Configuration profile() {
    return LocalCluster.profile(Path.of("..", "flink-conf", "local"));
  }

  /** The job of a settings file. */
  static PreparedJob prepare(Path folder, String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("settings.yaml"), yaml);
    SettingsOptions options =
        CommandLine.populateCommand(new SettingsOptions(), "--settings", file.toString());
    return new Launcher(List.of(new AnalyticsJob()), name -> null)
        .prepare(AnalyticsJob.NAME, options);
  }

  /** The same job, for tests that put something of their own into its graph. */
  static AnalyticsSettings settings(Path folder, String yaml) throws IOException {
    Problems problems = new Problems();
    Path file = Files.writeString(folder.resolve("settings.yaml"), yaml);
    Section section = new SettingsFile(problems, name -> null).read(file, List.of());
    AnalyticsSettings settings = AnalyticsSettings.read(section);
    section.done();
    problems.throwIfAny();
    return settings;
  }

  /** Runs a bounded job to its end; its settings say everything but the two sinks. */
  static Output run(LocalCluster cluster, Path folder, int parallelism, String yaml)
      throws Exception {
    PreparedJob job = prepare(folder, yaml + sinks(folder));
    cluster
        .submit(
            "analytics",
            env -> {
              env.setParallelism(parallelism);
              job.define(env);
            })
        .getJobExecutionResult()
        .get();
    return output(folder);
  }

  /** Lets the job write into a folder. */
  static String sinks(Path folder) {
    return """

        sink: {file: {path: "%s"}}
        dead-letters: {file: {path: "%s"}}
        """
        .formatted(folder.resolve("out"), folder.resolve("dead"));
  }

  /** What readers of that folder see. */
  static Output output(Path folder) throws IOException {
    return new Output(lines(folder.resolve("out")), lines(folder.resolve("dead")));
  }

  private static List<JsonNode> lines(Path folder) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    if (Files.exists(folder)) {
      for (Path file : finished(folder)) {
        for (String line : Files.readAllLines(file)) {
          lines.add(JACKSON.readTree(line));
        }
      }
    }
    return lines;
  }

  private static List<Path> finished(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    }
  }
}
