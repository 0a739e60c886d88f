package io.weir.jobs.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SectionTest {

  private enum Guarantee {
    EXACTLY_ONCE,
    AT_LEAST_ONCE
  }

  @TempDir private Path folder;

  @Test
  void readsEveryKindOfValue() {
    Reading reading =
        Reading.of(
            folder,
            """
            name: access log
            port: 5432
            share: 0.25
            strict: true
            lateness: 90s
            guarantee: at-least-once
            columns: [a, b]
            one: c
            """);
    Section root = reading.root();

    assertThat(root.text("name")).isEqualTo("access log");
    assertThat(root.integer("port", 1, 65535)).isEqualTo(5432);
    assertThat(root.number("share", 0, 0, 1)).isEqualTo(0.25);
    assertThat(root.flag("strict", false)).isTrue();
    assertThat(root.duration("lateness")).isEqualTo(Duration.ofSeconds(90));
    assertThat(root.choice("guarantee", Guarantee.class)).isEqualTo(Guarantee.AT_LEAST_ONCE);
    assertThat(root.texts("columns")).containsExactly("a", "b");
    assertThat(root.texts("one")).containsExactly("c");
    root.done();
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void assumesKeysOnlyWhereTheSettingsSayNothing() {
    Reading reading = Reading.of(folder, "time: {unit: s}\nname: given\nschema: null\n");
    Section root = reading.root();

    root.assume("name", "assumed");
    root.assume("schema", Map.of("user", "long"));
    root.section("time").assume("field", "at");

    assertThat(root.text("name")).isEqualTo("given");
    assertThat(root.section("schema").text("user")).isEqualTo("long");
    assertThat(root.section("time").text("field")).isEqualTo("at");
    assertThat(root.section("time").text("unit")).isEqualTo("s");
    root.section("schema").done();
    root.section("time").done();
    root.done();
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void takesDefaultsWhereKeysAreAbsentOrNull() {
    Reading reading = Reading.of(folder, "name:\nport: null\n");
    Section root = reading.root();

    assertThat(root.text("name", "none")).isEqualTo("none");
    assertThat(root.optionalText("name")).isNull();
    assertThat(root.integer("port", 7, 1, 9)).isEqualTo(7);
    assertThat(root.number("share", 0.5, 0, 1)).isEqualTo(0.5);
    assertThat(root.flag("strict", true)).isTrue();
    assertThat(root.duration("lateness", Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
    assertThat(root.choice("guarantee", Guarantee.class, Guarantee.AT_LEAST_ONCE))
        .isEqualTo(Guarantee.AT_LEAST_ONCE);
    assertThat(root.texts("columns")).isEmpty();
    assertThat(root.sectionOrEmpty("source").keys()).isEmpty();
    assertThat(root.properties("properties")).isEmpty();
    root.done();
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void reportsAllMistakesAtOnceWithLineKeyAndWhatIsAllowed() {
    Reading reading =
        Reading.of(
            folder,
            """
            port: many
            share: 2
            strict: yes
            lateness: 60
            source:
              guarantee: never
              colour: red
            colour: blue
            """);
    Section root = reading.root();

    root.text("name");
    root.integer("port", 1, 65535);
    root.number("share", 0, 0, 1);
    root.flag("strict", false);
    root.duration("lateness");
    Section source = root.section("source");
    source.choice("guarantee", Guarantee.class);
    source.done();
    root.done();

    assertThat(reading.problems())
        .containsExactly(
            "job.yaml:1: name: is missing",
            "job.yaml:1: port: must be a whole number from 1 to 65535, not many",
            "job.yaml:2: share: must be a number from 0.0 to 1.0, not 2",
            "job.yaml:3: strict: must be true or false, not yes",
            "job.yaml:4: lateness: must be a duration: a whole number and ms, s, min, h or d,"
                + " such as 30s, up to 3650000d, not 60",
            "job.yaml:6: source.guarantee: must be one of exactly-once, at-least-once, not never",
            "job.yaml:7: source.colour: is unknown; allowed here: guarantee",
            "job.yaml:8: colour: is unknown; allowed here: lateness, name, port, share, source,"
                + " strict");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5d", "0x1p3", "NaN", "Infinity", ".", "1e", "1,5", "-0.1", "1.01", "''"})
  void refusesWhatIsNoNumberWithinTheBounds(String written) {
    Reading reading = Reading.of(folder, "share: " + written);

    double standIn = reading.root().number("share", 0.5, 0, 1);

    assertThat(standIn).isBetween(0.0, 1.0);
    assertThat(reading.problems())
        .singleElement()
        .asString()
        .startsWith("job.yaml:1: share: must be a number from 0.0 to 1.0, not ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "10", "99999999999999999999", "1.0", "1e3", "five"})
  void refusesWhatIsNoWholeNumberWithinTheBounds(String written) {
    Reading reading = Reading.of(folder, "n: " + written);

    assertThat(reading.root().integer("n", 5, 1, 9)).isBetween(1L, 9L);
    assertThat(reading.problems())
        .containsExactly("job.yaml:1: n: must be a whole number from 1 to 9, not " + written);
  }

  @ParameterizedTest
  @CsvSource({
    "'[a, b]', a list",
    "'{a: b}', a mapping",
  })
  void refusesACollectionWhereOneValueIsMeant(String written, String named) {
    Reading reading = Reading.of(folder, "n: " + written);

    reading.root().integer("n", 1, 9);

    assertThat(reading.problems())
        .containsExactly("job.yaml:1: n: must be a single value, not " + named);
  }

  @Test
  void refusesAnEmptyPlaceInAList() {
    Reading reading = Reading.of(folder, "columns: [a, null, [b]]");

    assertThat(reading.root().texts("columns")).containsExactly("a");
    assertThat(reading.problems()).hasSize(2).allMatch(line -> line.contains("a single value"));
  }

  @Test
  void refusesAValueWhereAMappingIsMeantAndIsSilentAboutItsKeys() {
    Reading reading = Reading.of(folder, "sink: print");

    Section sink = reading.root().section("sink");
    sink.text("path");
    sink.section("postgres").text("url");

    assertThat(reading.problems())
        .containsExactly("job.yaml:1: sink: must be a mapping of keys to values, not print");
  }

  @Test
  void reportsAMissingSectionOnceAndNotItsKeys() {
    Reading reading = Reading.of(folder, "name: x");

    reading.root().section("source").text("path");
    reading.root().section("source").exactlyOneOf("file", "kafka");

    assertThat(reading.problems()).containsExactly("job.yaml:1: source: is missing");
  }

  @Test
  void reportsAKeyThatStandsTwice() {
    Reading reading = Reading.of(folder, "source:\n  path: a\n  path: b\n");

    reading.root().section("source").text("path");
    reading.root().section("source").done();

    assertThat(reading.problems()).containsExactly("job.yaml:3: source.path: stands here twice");
  }

  @Test
  void lookingAtTheKeysDoesNotMakeThemKnown() {
    Reading reading = Reading.of(folder, "a: 1\nb: 2\nc:\n");

    assertThat(reading.root().keys()).containsExactly("a", "b");
    reading.root().text("a");
    reading.root().done();

    assertThat(reading.problems())
        .containsExactly(
            "job.yaml:2: b: is unknown; allowed here: a",
            "job.yaml:3: c: is unknown; allowed here: a");
  }

  @Test
  void remembersWhatWasReadFromTheSameSectionBefore() {
    Reading reading = Reading.of(folder, "source: {path: a, format: json}");

    reading.root().section("source").text("path");
    reading.root().section("source").text("format");
    reading.root().section("source").done();

    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void choosesTheOnlyKey() {
    Reading reading = Reading.of(folder, "source: {kafka: {topic: t}}");
    Section source = reading.root().section("source");

    assertThat(source.exactlyOneOf("file", "kafka")).isEqualTo("kafka");
    assertThat(source.section("kafka").text("topic")).isEqualTo("t");
    source.done();
    assertThat(reading.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', nothing",
    "'{kafak: {topic: t}}', kafak",
    "'{file: {}, kafka: {}}', 'file, kafka'",
    "'{kafka: null}', nothing",
  })
  void refusesAnythingButOneOfSomeKeysWithOneMessage(String written, String found) {
    Reading reading = Reading.of(folder, "a: 1\nsource: " + written);
    Section source = reading.root().section("source");

    String chosen = source.exactlyOneOf("file", "kafka");
    source.section(chosen).text("path");
    source.section(chosen).done();
    source.done();

    assertThat(reading.problems())
        .containsExactly(
            "job.yaml:2: source: must hold exactly one of file, kafka, but holds " + found);
  }

  @Test
  void readsPropertiesOfClientsWithDotsOrAsMappings() {
    Reading reading =
        Reading.of(
            folder,
            """
            properties:
              group.id: g
              sasl: {mechanism: PLAIN, jaas: {config: c}}
              acks: 1
            """);

    assertThat(reading.root().properties("properties"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "group.id", "g", "sasl.mechanism", "PLAIN", "sasl.jaas.config", "c", "acks", "1"));
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void reportsAPropertyGivenInBothWays() {
    Reading reading = Reading.of(folder, "p:\n  group.id: a\n  group: {id: b}\n");

    reading.root().properties("p");

    assertThat(reading.problems()).containsExactly("job.yaml:3: p.group.id: stands here twice");
  }

  @Test
  void throwsWithEveryMistakeInTheMessage() {
    Problems problems = new Problems();
    Section root = new SettingsFile(problems, name -> null).read(null, List.of("a=1"));
    root.text("b");
    root.done();

    assertThatThrownBy(problems::throwIfAny)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "b: is missing" + System.lineSeparator() + "--set a: is unknown; allowed here: b");
  }
}
