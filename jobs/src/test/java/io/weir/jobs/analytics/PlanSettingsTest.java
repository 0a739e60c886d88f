package io.weir.jobs.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.jobs.settings.InvalidSettingsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanSettingsTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "source | {} | source: must hold exactly one of file, kafka, generator, but holds nothing",
        "source | {files: {path: a}} | source: must hold exactly one of",
        "source | {generator: {}, print: {}} | source: must hold exactly one of",
        "source | | source: is missing",
        "source | {file: {path: a, csv: {header: true}}} | source.file.format: is missing",
        "source | {file: {path: a, format: xml, order-by: [a]}} | source.file.format: must be one",
        "source | {file: {path: a, format: json}} | schema: is missing",
        "group-by | [url, url] | group-by: a second column of the results would be named url",
        "group-by | [url, version] | group-by: there is no column version",
        "group-by | [host, hosts] | group-by: there is no column hosts",
        "aggregates | {host: count} | aggregates: a second column of the results would be named",
        "aggregates | {rows: sum(nothing)} | aggregates.rows: sum(nothing): there is no column",
        "aggregates | {rows: {count: url}} | aggregates.rows: must be a single value",
        "aggregates | {} | aggregates: a window needs at least one aggregate",
        "aggregates | | aggregates: is missing",
        "where | nothing > 1 | where: ",
        "stamp | true | stamp: needs a store: without one the configuration never changes",
        "routing | {by: column} | routing.by: must be one of none, row, group, not column",
        "routing | {strategy: random} | routing.by: is missing",
        "routing | {by: row, strategy: fastest} | routing: no routing strategy 'fastest'; there are",
        "routing | {by: row, weights: [1, 2]} | routing: weights and draws go with a strategy",
        "routing | {by: row, strategy: random, weights: [0, 0]} | routing: all weights are 0",
        "routing | {by: row, strategy: random, weights: [1, -2]} | routing: the weight of receiver 1",
        "routing | {by: row, strategy: random, weights: [1.5]} | routing.weights: must be whole",
        "routing | {by: row, strategy: least-backlog, draws: 17} | routing: least-backlog with 17",
        "routing | {by: row, split-keys: true} | routing: split-keys is for by: group",
        "routing | {by: group, strategy: random} | routing: strategy, weights and draws are for by",
        "routing | {by: none, split-keys: true} | routing: there is no exchange to be routed",
        "routing | {by: row, speed: 1} | routing.speed: ",
        "stamp | perhaps | stamp: must be true or false, not perhaps"
      })
  void aMistakeIsToldOnceWhereItIs(String key, String value, String problem) {
    Map<String, String> settings =
        new TreeMap<>(
            Map.of(
                "source", "{generator: {}}",
                "window", "{tumbling: 1min}",
                "group-by", "[host]",
                "where", "bytes > 0",
                "aggregates", "{rows: count, bytes: sum(bytes)}",
                "sink", "{print: {}}"));
    settings.put(key, value);
    StringBuilder yaml = new StringBuilder();
    settings.forEach((name, text) -> yaml.append(name + ": " + (text == null ? "" : text) + "\n"));

    assertThatThrownBy(() -> AnalyticsRun.prepare(folder, yaml.toString()))
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            e -> assertThat(e.problems()).singleElement().asString().contains(problem));
  }
}
