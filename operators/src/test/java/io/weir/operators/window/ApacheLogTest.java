package io.weir.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import io.weir.operators.row.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real web log, whose exact answers lie beside it; skipped where they are not. */
class ApacheLogTest {

  private static final Schema SCHEMA =
      Schema.of(
          new Column("host", ColumnType.STRING),
          new Column("url", ColumnType.STRING),
          new Column("bytes", ColumnType.LONG),
          new Column("time", ColumnType.TIME));

  private static final Pattern LINE =
      Pattern.compile(
          "(\\S+) \\S+ \\S+ \\[(.+?)] \"\\S+ (\\S+)[^\"]*\" \\d+ (\\S+) .*\".*\" \".*\"");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT);

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void countsSumsAndQuantilesPerMinute(int parallelism) throws Exception {
    List<Row> results =
        run(
            parallelism,
            List.of(),
            Windowing.tumbling(Duration.ofMinutes(1)),
            "count",
            "count_distinct(host)",
            "sum(bytes)",
            "quantile(bytes, 0.95)");

    assertThat(
            results.stream()
                .map(row -> start(row) + longs(row, 2, 4).collect(Collectors.joining(",", ",", "")))
                .sorted())
        .containsExactlyElementsOf(
            lines("apache.per-minute.csv")
                .skip(1)
                .map(line -> line.replaceFirst(",\\d+,\\d+$", ""))
                .toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void ranksTheUrlsOfEachHour(int parallelism) throws Exception {
    Map<String, List<String>> expected = new LinkedHashMap<>();
    lines("apache.hourly-top10-urls.csv")
        .skip(1)
        .map(line -> line.split(",", 3))
        .forEach(line -> expected.computeIfAbsent(line[0], hour -> new ArrayList<>()).add(line[2]));

    List<Row> results =
        run(parallelism, List.of(), Windowing.tumbling(Duration.ofHours(1)), "top(url, 10)");

    assertThat(results).hasSameSizeAs(expected.keySet());
    for (Row row : results) {
      assertThat(row.textAt(2))
          .isEqualTo(
              expected.getOrDefault(start(row), List.of()).stream()
                  .map(entry -> entry.replaceFirst("(.*),(\\d+)", "{\"value\":$1,\"count\":$2}"))
                  .collect(Collectors.joining(",", "[", "]")));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void findsTheSessionsOfEachHost(int parallelism) throws Exception {
    List<Row> results =
        run(parallelism, List.of("host"), Windowing.session(Duration.ofMinutes(30)), "count");

    assertThat(results).hasSize(3052);
    assertThat(results.stream().mapToLong(row -> row.longAt(3)).sum()).isEqualTo(9999);
    assertThat(results.stream().map(row -> row.textAt(2)).distinct()).hasSize(1753);
  }

  private static List<Row> run(
      int parallelism, List<String> groupBy, Windowing windowing, String... aggregates)
      throws Exception {
    List<NamedAggregate> named = new ArrayList<>();
    for (String aggregate : aggregates) {
      named.add(NamedAggregate.of("a" + named.size(), aggregate));
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, new Configuration());
    return WindowedAggregation.apply(
            rows(env), SCHEMA, new WindowPlan(groupBy, windowing, named), "log")
        .rows()
        .executeAndCollect(10_000);
  }

  private static DataStream<Row> rows(StreamExecutionEnvironment env) throws IOException {
    List<Row> rows =
        lines("apache.log")
            .map(LINE::matcher)
            .filter(Matcher::matches)
            .map(ApacheLogTest::row)
            .toList();
    return env.fromData(rows, new RowTypeInfo(SCHEMA))
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<Row>forBoundedOutOfOrderness(Duration.ofSeconds(60))
                .withTimestampAssigner((row, none) -> row.longAt(3) / 1000));
  }

  private static Row row(Matcher line) {
    Row row = new Row(SCHEMA.size());
    row.setText(0, line.group(1));
    row.setText(1, line.group(3));
    row.setLong(2, line.group(4).equals("-") ? 0 : Long.parseLong(line.group(4)));
    row.setLong(3, OffsetDateTime.parse(line.group(2), TIME).toEpochSecond() * 1_000_000);
    return row;
  }

  private static String start(Row row) {
    return Instant.EPOCH.plus(row.longAt(0), ChronoUnit.MICROS).toString();
  }

  private static Stream<String> longs(Row row, int first, int count) {
    return Stream.iterate(first, i -> i + 1).limit(count).map(i -> "" + row.longAt(i));
  }

  private static Stream<String> lines(String file) throws IOException {
    String configured = System.getenv("WEIR_SHARED_DATA");
    Path data = Path.of(configured == null ? "../../shared/data" : configured);
    Path path = data.resolve("web-logs").resolve(file);
    Assumptions.assumeTrue(Files.exists(path), () -> "no " + path.toAbsolutePath());
    return Files.readAllLines(path).stream();
  }
}
