package io.weir.jobs.anomaly;

import io.weir.jobs.launch.Launcher;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.launch.SettingsOptions;
import io.weir.jobs.local.LocalCluster;
import io.weir.operators.anomaly.AnomalyDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import picocli.CommandLine;

/** Runs the anomaly job from a settings file, on the way that {@code weir run} takes. */
final class AnomalyRun {

  private AnomalyRun() {}

  static LocalCluster cluster() throws Exception {
    Configuration profile = LocalCluster.profile(Path.of("..", "flink-conf", "local"));
    profile.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return LocalCluster.start(profile);
  }

  static PreparedJob prepare(Path folder, String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("settings.yaml"), yaml);
    SettingsOptions options =
        CommandLine.populateCommand(new SettingsOptions(), "--settings", file.toString());
    return new Launcher(List.of(new AnomalyJob()), name -> null).prepare(AnomalyJob.NAME, options);
  }

  static String settings(Path from, Path to, Path deadLetters) {
    return """
    source: {file: {path: "%s"}}
    sink: {file: {path: "%s"}}
    dead-letters: {file: {path: "%s"}}
    """
        .formatted(from, to, deadLetters);
  }

  static void run(LocalCluster cluster, PreparedJob job, int parallelism) throws Exception {
    cluster
        .submit(
            "anomaly",
            env -> {
              env.setParallelism(parallelism);
              job.define(env);
            })
        .getJobExecutionResult()
        .get();
  }

  /** The lines of all files of a folder, hidden ones too, by their paths below it. */
  static Map<String, List<String>> files(Path folder) throws IOException {
    Map<String, List<String>> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readAllLines(file));
      }
    }
    return files;
  }

  /** What must become of a file's lines, its header the first of them. */
  static List<String> scored(List<String> lines) {
    List<String> scored = new ArrayList<>(List.of("timestamp,value,anomaly_score"));
    AnomalyDetector detector = new AnomalyDetector();
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      String value = line.substring(line.lastIndexOf(',') + 1);
      double number = value.isEmpty() ? Double.NaN : Double.parseDouble(value);
      scored.add(line + "," + detector.score(number));
    }
    return scored;
  }
}
