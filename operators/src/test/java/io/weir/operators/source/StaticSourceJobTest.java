package io.weir.operators.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.file.FileOrigins;
import io.weir.operators.source.file.Framing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole jobs over a folder of files, plain and compressed. */
class StaticSourceJobTest {

  private static final int FILES = 5;
  private static final int LINES = 40;

  @TempDir Path folder;

  private final String run = UUID.randomUUID().toString();
  private final List<String> expected = new ArrayList<>();

  @BeforeEach
  void writeFiles() throws IOException {
    for (int file = 0; file < FILES; file++) {
      String name = file % 2 == 0 ? "f" + file + ".log" : "f" + file + ".log.gz";
      StringBuilder text = new StringBuilder();
      for (int line = 1; line <= LINES + file; line++) {
        text.append("line ").append(line).append('\n');
        expected.add(folder.resolve("in").resolve(name) + ":" + line);
      }
      write(folder.resolve("in").resolve(name), text.toString());
    }
  }

  @Test
  void readsEveryRecordOnceAlthoughItFailsInTheMiddleOfFiles() throws Exception {
    Collector.FAILURES.put(run, new AtomicBoolean());

    start(2, null).getJobExecutionResult().get(60, TimeUnit.SECONDS);

    assertThat(Collector.FAILURES.get(run)).isTrue();
    assertThat(Collector.of(Collector.ENDED, run)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(seenBy(2).stream().filter(seen -> seen.startsWith("/")))
        .as("read since the restart: less than everything, so a checkpoint was used")
        .isNotEmpty()
        .hasSizeLessThan(expected.size());
    assertMarksAreComplete(2);
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "3, 2"})
  void readsEveryRecordOnceInAnotherParallelism(int before, int after) throws Exception {
    JobClient job = start(before, null);
    Future<?> ended = job.getJobExecutionResult();
    await().until(() -> seenBy(before).size() >= before * LINES / 2);
    String savepoint =
        job.stopWithSavepoint(false, folder.resolve("sp").toString(), SavepointFormatType.CANONICAL)
            .get(60, TimeUnit.SECONDS);
    ended.get(60, TimeUnit.SECONDS);
    assertThat(Collector.of(Collector.ENDED, run)).isEmpty();

    HeldOrigins.gate(run).set(true);
    start(after, savepoint).getJobExecutionResult().get(60, TimeUnit.SECONDS);

    assertThat(Collector.of(Collector.ENDED, run)).containsExactlyInAnyOrderElementsOf(expected);
    assertMarksAreComplete(after);
  }

  private JobClient start(int parallelism, @Nullable String savepoint) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration(savepoint));
    env.setParallelism(parallelism);
    env.setMaxParallelism(8);
    Origins files =
        new FileOrigins(List.of(folder.resolve("in").toString()), Framing.lines(), 1000);
    env.fromSource(
            new ClockedSource<>(new StaticSource(new HeldOrigins(files, run, LINES / 2))),
            WatermarkStrategy.<RawRecord>noWatermarks(),
            "source")
        .uid("source")
        .transform("collect", Types.STRING, new Collector(run))
        .uid("collect")
        .sinkTo(new DiscardingSink<>())
        .uid("sink");
    return env.executeAsync();
  }

  private Configuration configuration(@Nullable String savepoint) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.resolve("cp").toUri().toString());
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    return configuration;
  }

  private List<String> seenBy(int subtasks) {
    List<String> all = new ArrayList<>();
    for (int subtask = 0; subtask < subtasks; subtask++) {
      all.addAll(Collector.of(Collector.SEEN, run + subtask));
    }
    return all;
  }

  /** Each subtask's marks come first, each of them is finished, and none twice. */
  private void assertMarksAreComplete(int subtasks) {
    List<String> finished = new ArrayList<>();
    for (int subtask = 0; subtask < subtasks; subtask++) {
      List<String> seen = List.copyOf(Collector.of(Collector.SEEN, run + subtask));
      List<String> assigned = seen.stream().filter(s -> s.startsWith("ASSIGNED")).toList();
      assertThat(seen.subList(0, assigned.size())).isEqualTo(assigned);
      assigned.forEach(mark -> finished.add(mark.replace("ASSIGNED", "FINISHED")));
    }
    assertThat(seenBy(subtasks).stream().filter(s -> s.startsWith("FINISHED")))
        .containsExactlyInAnyOrderElementsOf(finished)
        .doesNotHaveDuplicates();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (file.toString().endsWith(".gz")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(bytes);
      }
      bytes = out.toByteArray();
    }
    Files.write(file, bytes);
  }
}
