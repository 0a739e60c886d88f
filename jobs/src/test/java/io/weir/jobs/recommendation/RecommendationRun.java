package io.weir.jobs.recommendation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.jobs.launch.Launcher;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.launch.SettingsOptions;
import io.weir.jobs.local.LocalCluster;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.SettingsFile;
import io.weir.operators.intake.Intake;
import io.weir.operators.recommendation.quality.RecommendationTotals;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;

/** Runs the recommendation job from a settings file, on the way that {@code weir run} takes. */
final class RecommendationRun {

  private static final ObjectMapper JACKSON = new ObjectMapper();

  private final Path folder;

  RecommendationRun(Path folder) {
    this.folder = folder;
  }

  /** The profile of {@code weir run}. */
  static Configuration profile() {
    return LocalCluster.profile(Path.of("..", "flink-conf", "local"));
  }

  /**
   * Runs a bounded job to its end; its settings say everything but where rows go. All pairs are in
   * each checkpoint, and nothing fails: there are few.
   */
  RecommendationTotals run(LocalCluster cluster, int parallelism, String yaml) throws Exception {
    PreparedJob job = prepare(yaml);
    return run(
        cluster,
        parallelism,
        env -> {
          env.enableCheckpointing(Duration.ofMinutes(1).toMillis());
          job.define(env);
        });
  }

  /** Runs the same job with {@link FailingRows} behind its gate. */
  RecommendationTotals runFailing(LocalCluster cluster, int parallelism, String yaml)
      throws Exception {
    Problems problems = new Problems();
    RecommendationSettings settings =
        RecommendationSettings.read(
            new SettingsFile(problems, name -> null).read(write(yaml), List.of()));
    problems.throwIfAny();
    return run(cluster, parallelism, env -> defineFailing(env, settings));
  }

  private static void defineFailing(
      StreamExecutionEnvironment env, RecommendationSettings settings) {
    Intake<Row> intake = settings.input().attach(env, settings.columns(), RecommendationJob.NAME);
    RecommendationJob.define(
        new Intake<>(
            intake
                .values()
                .map(new FailingRows(), new RowTypeInfo(settings.columns()))
                .uid("failing"),
            intake.deadLetters()),
        settings);
  }

  private static RecommendationTotals run(
      LocalCluster cluster, int parallelism, Consumer<StreamExecutionEnvironment> define)
      throws Exception {
    return RecommendationTotals.of(
        cluster
            .submit(
                "recommendation",
                env -> {
                  env.setParallelism(parallelism);
                  define.accept(env);
                })
            .getJobExecutionResult()
            .get()
            .getAllAccumulatorResults());
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

  PreparedJob prepare(String yaml) throws IOException {
    SettingsOptions options =
        CommandLine.populateCommand(new SettingsOptions(), "--settings", write(yaml).toString());
    return new Launcher(List.of(new RecommendationJob()), name -> null)
        .prepare(RecommendationJob.NAME, options);
  }

  /** Writes the rules that the next job begins with. */
  Path rules(String yaml) throws IOException {
    return Files.writeString(folder.resolve("rules.yaml"), yaml);
  }

  List<JsonNode> table(String name) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : lines(folder.resolve("out").resolve(name))) {
      rows.add(JACKSON.readTree(line));
    }
    return rows;
  }

  List<String> deadLetters() throws IOException {
    return lines(folder.resolve("dead"));
  }

  /** The lines of a table of the dumped model, without headers. */
  List<String[]> dumped(String name) throws IOException {
    return lines(folder.resolve("model").resolve(name)).stream()
        .filter(line -> !line.startsWith("item"))
        .map(line -> line.split(",", -1))
        .toList();
  }

  private static List<String> lines(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    if (!Files.exists(folder)) {
      return lines;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(each -> !each.getFileName().toString().startsWith(".")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }
}
