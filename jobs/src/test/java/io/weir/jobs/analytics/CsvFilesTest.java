package io.weir.jobs.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.jobs.analytics.AnalyticsRun.Output;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.local.LocalCluster;
import io.weir.jobs.settings.InvalidSettingsException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder of CSV files whose columns could be taken for each other: both are numbers. */
@Timeout(120)
class CsvFilesTest {

  /** Takes far longer to read than an origin may be silent here. */
  private static final int ROWS = 600_000;

  private static LocalCluster cluster;

  @TempDir private Path folder;
  private Path input;

  @BeforeAll
  static void start() throws Exception {
    Configuration profile = AnalyticsRun.profile();
    profile.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    // So often the gate looks who is silent.
    profile.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(1));
    cluster = LocalCluster.start(profile);
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  @BeforeEach
  void writeFilesThatAreAlike() throws IOException {
    input = Files.createDirectory(folder.resolve("in"));
    write("0.csv", "");
    write("1.csv", "ts,a,b\n1,10,1\n2,20,2\n");
    write("2.csv", "\uFEFFts,a,b\r\n3,30,3\r\n");
    write("3.csv.gz", "\uFEFF\"ts\",\"a\",b\n4,40,4\n");
    write("5.csv", "ts,a,b");
  }

  private void write(String name, String text) throws IOException {
    try (OutputStream file = Files.newOutputStream(input.resolve(name));
        OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(file) : file) {
      out.write(text.getBytes(UTF_8));
    }
  }

  private String settings(String orderBy) {
    return """
    source: {file: {path: "%s", format: csv, order-by: %s}}
    schema: {ts: long, a: long, b: long}
    time: {field: ts, unit: s}
    window: {tumbling: 1h}
    aggregates: {rows: count, a: sum(a), b: sum(b)}
    """
        .formatted(input, orderBy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[ts]"})
  void areReadAlikeWhateverTheirMarksAndLineEnds(String orderBy) throws Exception {
    Output output = AnalyticsRun.run(cluster, folder, 2, settings(orderBy));

    assertThat(output.deadLetters()).isEmpty();
    assertThat(output.rows())
        .extracting(row -> row.get("rows") + " " + row.get("a") + " " + row.get("b"))
        .containsExactly("4 100 10");
  }

  @Test
  void oneThatWaitsForItsTurnIsNotSilent() throws Exception {
    String hour = IntStream.range(0, ROWS).mapToObj(i -> i / 100 + ",1,1\n").collect(joining());
    write("6.csv", "ts,a,b\n" + hour);
    write("7.csv", "ts,a,b\n" + hour);

    Output output =
        AnalyticsRun.run(
            cluster, folder, 1, settings("[]").replace("unit: s", "unit: s, idle: 20ms"));

    assertThat(output.rows().stream().mapToLong(row -> row.get("rows").longValue()).sum())
        .isEqualTo(4 + 2 * ROWS);
    assertThat(output.deadLetters()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"9.csv", "9.csv.gz"})
  void oneWithItsColumnsInAnotherOrderIsRefusedBeforeTheJobStarts(String name) throws Exception {
    write(name, "\uFEFFts,b,a\r\n5,5,50\r\n");

    assertThatThrownBy(
            () -> AnalyticsRun.prepare(folder, settings("[]") + AnalyticsRun.sinks(folder)))
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .asString()
                    .endsWith(
                        "source.file.path: the header of %s is [ts, b, a], expected is [ts, a, b]"
                            .formatted(input.resolve(name))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[ts]"})
  void oneThatIsExchangedLaterEndsTheJob(String orderBy) throws Exception {
    PreparedJob job = AnalyticsRun.prepare(folder, settings(orderBy) + AnalyticsRun.sinks(folder));
    write("3.csv.gz", "ts,b,a\n4,4,40\n");

    assertThatThrownBy(() -> cluster.submit("analytics", job::define).getJobExecutionResult().get())
        .hasStackTraceContaining(
            "the header of %s is [ts, b, a], expected is [ts, a, b]"
                .formatted(input.resolve("3.csv.gz")));
  }
}
