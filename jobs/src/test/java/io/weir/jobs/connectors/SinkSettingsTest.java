package io.weir.jobs.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.jobs.connectors.postgres.PostgresDatabase;
import io.weir.jobs.encoding.RowFormat;
import io.weir.jobs.settings.InvalidSettingsException;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SinkSettingsTest {

  private static SinkSettings read(String yaml) {
    Problems problems = new Problems();
    Section root =
        new SettingsFile(problems, Map.of("SECRET", "s3cret")::get)
            .read(null, List.of("sink=" + yaml));
    SinkSettings sink = SinkSettings.read(root.section("sink"), "analytics-sink");
    problems.throwIfAny();
    return sink;
  }

  private static List<String> problems(String yaml) {
    try {
      return List.of("none: " + read(yaml));
    } catch (InvalidSettingsException e) {
      return e.problems();
    }
  }

  @Test
  void defaultsAreExactlyOnceAndJson() {
    assertThat(read("{kafka: {servers: 'a:1,b:2', topic: t}}"))
        .isEqualTo(
            new KafkaSinkSettings(
                "a:1,b:2",
                "t",
                Guarantee.EXACTLY_ONCE,
                "weir-analytics-sink",
                RowFormat.JSON,
                Map.of()));
    assertThat(read("{postgres: {url: 'jdbc:postgresql://h/d'}}"))
        .isEqualTo(
            new PostgresSinkSettings(
                new PostgresDatabase("jdbc:postgresql://h/d", Map.of()),
                null,
                Guarantee.EXACTLY_ONCE,
                true));
    assertThat(read("{file: {path: out}}"))
        .isEqualTo(new FileSinkSettings("out", RowFormat.JSON, 256 << 20));
    assertThat(read("{print: {}}")).isEqualTo(new PrintSinkSettings(RowFormat.JSON));
  }

  @Test
  void everyKeyIsRead() {
    assertThat(
            read(
                "{kafka: {servers: a, topic: t, guarantee: at-least-once, format: avro,"
                    + " transactional-id-prefix: p, properties: {acks: all}}}"))
        .isEqualTo(
            new KafkaSinkSettings(
                "a", "t", Guarantee.AT_LEAST_ONCE, "p", RowFormat.AVRO, Map.of("acks", "all")));
    assertThat(
            read(
                "{postgres: {url: 'jdbc:postgresql://h/d', user: u, password: '${SECRET}',"
                    + " table: s.t, create: false, guarantee: at-least-once,"
                    + " properties: {sslmode: require}}}"))
        .isEqualTo(
            new PostgresSinkSettings(
                new PostgresDatabase(
                    "jdbc:postgresql://h/d",
                    Map.of("user", "u", "password", "s3cret", "sslmode", "require")),
                "s.t",
                Guarantee.AT_LEAST_ONCE,
                false));
    assertThat(read("{file: {path: out, format: csv, max-file-bytes: 4096}}"))
        .isEqualTo(new FileSinkSettings("out", RowFormat.CSV, 4096));
  }

  @Test
  void everyMistakeIsReportedAtOnceWithWhatIsAllowed() {
    assertThat(problems("{kafka: {topic: t, format: xml, guarantee: twice, brokers: b}}"))
        .hasSize(4)
        .anySatisfy(p -> assertThat(p).contains("sink.kafka.servers: is missing"))
        .anySatisfy(p -> assertThat(p).contains("sink.kafka.format", "json, csv, avro", "xml"))
        .anySatisfy(p -> assertThat(p).contains("guarantee", "exactly-once, at-least-once"))
        .anySatisfy(p -> assertThat(p).contains("sink.kafka.brokers: is unknown"));
    assertThat(problems("{postgres: {url: 'postgres://h/d', table: a.b.c, create: maybe}}"))
        .hasSize(3)
        .anySatisfy(p -> assertThat(p).contains("url", "jdbc:postgresql://host:port/database"))
        .anySatisfy(p -> assertThat(p).contains("table", "schema.table", "a.b.c"))
        .anySatisfy(p -> assertThat(p).contains("create", "true", "false"));
    assertThat(problems("{file: {max-file-bytes: 1}}"))
        .hasSize(2)
        .anySatisfy(p -> assertThat(p).contains("sink.file.path: is missing"))
        .anySatisfy(p -> assertThat(p).contains("max-file-bytes", "from 1024"));
    assertThat(problems("{kafka: {servers: a, topic: t, properties: {transactional.id: x}}}"))
        .singleElement()
        .asString()
        .contains("transactional.id is not free here; use transactional-id-prefix");
  }

  @Test
  void exactlyOneKindIsAllowed() {
    for (String wrong : List.of("{}", "{s3: {}}", "{print: {}, file: {path: a}}")) {
      assertThat(problems(wrong))
          .singleElement()
          .asString()
          .contains("exactly one of print, file, kafka, postgres");
    }
  }

  @Test
  void noPasswordIsEverPrinted() {
    String password = "s3cret";

    assertThat(read("{postgres: {url: 'jdbc:postgresql://h/d', password: '${SECRET}'}}").toString())
        .contains("h/d")
        .doesNotContain(password);
    assertThat(read("{postgres: {url: 'jdbc:postgresql://h/d?password=${SECRET}'}}").toString())
        .contains("h/d")
        .doesNotContain(password);
    assertThat(
            read("{kafka: {servers: a, topic: t, properties: {sasl.jaas.config: '${SECRET}'}}}")
                .toString())
        .doesNotContain(password);
  }

  @Test
  void postgresNeedsAKey() {
    Table keyless = new Table("t", FailingJob.TABLE.schema(), List.of());

    assertThatThrownBy(() -> read("{postgres: {url: 'jdbc:postgresql://h/d'}}").sink(keyless))
        .hasMessageContaining("no key");
  }
}
