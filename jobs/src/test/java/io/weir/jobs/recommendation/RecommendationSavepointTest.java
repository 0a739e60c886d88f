package io.weir.jobs.recommendation;

import io.weir.jobs.savepoints.Lines;
import io.weir.jobs.savepoints.SavepointContract;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import io.weir.operators.intake.Intake;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.io.TempDir;

/** Histories, counts of items and pairs, and how good the lists were. */
class RecommendationSavepointTest extends SavepointContract {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final int ACTIONS = 80;
  private static final int STOP = 50;

  @TempDir private Path folder;

  RecommendationSavepointTest() {
    super(RecommendationJob.NAME, Lines.of(Map.of("actions", actions())), STOP);
  }

  private static List<String> actions() {
    List<String> actions = new ArrayList<>();
    for (int i = 0; i < ACTIONS; i++) {
      actions.add(
          """
          {"user":%d,"item":%d,"stars":%d,"at":"%s"}"""
              .formatted(i % 7, i * i % 9, 1 + i % 5, START.plusSeconds(60L * i)));
    }
    return actions;
  }

  /** The order of all actions counts. */
  @Override
  protected int parallelism() {
    return 1;
  }

  @Override
  protected String comparable(String row) {
    return row.replaceAll("\"latency_p.._ms\":\\d+", "");
  }

  @Override
  protected void define(StreamExecutionEnvironment env, Lines input, Path output, boolean restored)
      throws IOException {
    RecommendationSettings settings = settings(output);
    Intake<Row> intake =
        Intake.behind(
            input.clocked(env, RecommendationJob.NAME),
            settings.input().format().decoder(settings.columns(), settings.input().time()),
            new RowTypeInfo(settings.columns()),
            settings.input().limits(),
            RecommendationJob.NAME + "-gate");
    RecommendationJob.define(intake, settings);
  }

  private RecommendationSettings settings(Path output) throws IOException {
    Path input = Files.writeString(folder.resolve("in.jsonl"), actions().get(0));
    Path file =
        Files.writeString(
            folder.resolve("settings.yaml"),
            """
            source: {file: {path: "%s", format: json}}
            fields: {user: user, item: item, weight: stars, time: at}
            prequential: true
            top: 3
            window: 30min
            model: {shards: 2, neighbours: 2, dump: "%s/model"}
            sink: {file: {path: "%s"}}
            dead-letters: {file: {path: "%s/dead"}}
            """
                .formatted(input, output, output, output));
    Problems problems = new Problems();
    Section section = new SettingsFile(problems, name -> null).read(file, List.of());
    RecommendationSettings settings = RecommendationSettings.read(section);
    problems.throwIfAny();
    return settings;
  }
}
