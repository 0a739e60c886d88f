package io.weir.jobs.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsFileTest {

  @TempDir private Path folder;

  @Test
  void anEmptyFileHasNoKeys() {
    Reading reading = Reading.of(folder, "# nothing yet\n");

    assertThat(reading.root().keys()).isEmpty();
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void aMissingFileIsOneMistakeAndNotOneForEachKey() {
    Reading reading = Reading.ofFile(folder.resolve("gone.yaml"));

    reading.root().text("source");

    assertThat(reading.problems()).containsExactly("gone.yaml: there is no such file");
  }

  @Test
  void aFolderIsNotAFile() {
    Reading reading = Reading.ofFile(folder);

    assertThat(reading.problems()).singleElement().asString().contains("cannot be read");
  }

  @Test
  void aFileInAnotherEncodingIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("latin1.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe4});

    assertThat(Reading.ofFile(file).problems()).containsExactly("latin1.yaml: is not UTF-8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a: 1\nb: [x'  | job.yaml:2: not YAML:",
        "'a: 1\n\tb: 2' | job.yaml:2: not YAML:",
        "'a: *nowhere'  | job.yaml:1: not YAML:",
      })
  void brokenYamlIsReportedWithItsLine(String yaml, String start) {
    assertThat(Reading.of(folder, yaml).problems()).singleElement().asString().startsWith(start);
  }

  @ParameterizedTest
  @CsvSource({"just words", "'[a, b]'"})
  void aFileThatIsNoMappingIsRefused(String yaml) {
    assertThat(Reading.of(folder, yaml).problems())
        .containsExactly("job.yaml: must be a mapping of keys to values");
  }

  @Test
  void anOverrideReplacesAddsAndMakesMappingsOnTheWay() {
    Reading reading =
        Reading.of(
            folder,
            "source: {path: a, format: json}\ntime:\n",
            "source.path=b",
            "sink.file.path=out",
            "time.lateness=60s");
    Section root = reading.root();

    assertThat(root.section("source").text("path")).isEqualTo("b");
    assertThat(root.section("source").text("format")).isEqualTo("json");
    assertThat(root.section("sink").section("file").text("path")).isEqualTo("out");
    assertThat(root.section("time").text("lateness")).isEqualTo("60s");
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void anOverrideReplacesACollectionAsAWhole() {
    Reading reading = Reading.of(folder, "a: {x: 1, y: 2}\nb: [1, 2]\n", "a={z: 3}", "b=[x, y, z]");

    assertThat(reading.root().section("a").keys()).containsExactly("z");
    assertThat(reading.root().texts("b")).containsExactly("x", "y", "z");
  }

  @Test
  void theLastOverrideOfAKeyCounts() {
    Reading reading = Reading.of(folder, "a: 1", "a=2", "a=3", "b.c=1", "b={d: 2}");

    assertThat(reading.root().text("a")).isEqualTo("3");
    assertThat(reading.root().section("b").keys()).containsExactly("d");
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void nullTakesAKeyAway() {
    Reading reading = Reading.of(folder, "a: 1", "a=null");

    assertThat(reading.root().has("a")).isFalse();
  }

  @Test
  void anOverrideMendsAKeyThatStandsTwice() {
    Reading reading = Reading.of(folder, "a: 1\na: 2\n", "a=3");

    assertThat(reading.root().text("a")).isEqualTo("3");
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void anOverrideFindsAKeyWithDotsByItsFullName() {
    Reading reading = Reading.of(folder, "p:\n  group.id: a\n", "p.group.id=b", "p.client.rack=r1");

    assertThat(reading.root().properties("p"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("group.id", "b", "client.rack", "r1"));
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void anOverrideOfOnePlaceLeavesItsAliasAlone() {
    Reading reading = Reading.of(folder, "a: &shared {x: 1}\nb: *shared\n", "b.x=2");

    assertThat(reading.root().section("a").text("x")).isEqualTo("1");
    assertThat(reading.root().section("b").text("x")).isEqualTo("2");
  }

  @Test
  void anOverrideInsideASingleValueIsAConflict() {
    Reading reading = Reading.of(folder, "sink: print", "sink.file.path=out");

    assertThat(reading.problems())
        .containsExactly(
            "--set sink.file.path: sink is no mapping, so nothing can be set inside it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "verysecret   | --set : must be path.to.key=value",
        "=verysecret  | --set : must be path.to.key=value",
        "a..b=1       | --set a..b: must be path.to.key=value",
        "a.=1         | --set a.: must be path.to.key=value",
        "a=           | --set a: has no value behind =; write \"\" for an empty text",
      })
  void aMalformedOverrideIsReportedWithoutItsValue(String override, String problem) {
    assertThat(Reading.of(folder, "", override).problems()).containsExactly(problem);
  }

  @Test
  void anOverrideThatIsNotYamlIsReported() {
    assertThat(Reading.of(folder, "", "a.b=[x").problems())
        .singleElement()
        .asString()
        .startsWith("--set a.b: not YAML: ");
  }

  @Test
  void mistakesInOverridesNameTheOptionAndTheKeyInside() {
    Reading reading = Reading.of(folder, "", "n=x", "s={m: y}");

    reading.root().integer("n", 1, 9);
    reading.root().section("s").integer("m", 1, 9);

    assertThat(reading.problems())
        .containsExactly(
            "--set n: must be a whole number from 1 to 9, not x",
            "--set s: s.m: must be a whole number from 1 to 9, not y");
  }

  @Test
  void variablesComeFromTheEnvironment() {
    Map<String, String> environment = Map.of("USER", "ann", "PASS", "$1\\x${USER}", "PORT", "5");
    Reading reading =
        Reading.of(
            folder,
            """
            url: jdbc:${USER}@db
            password: ${PASS}
            port: ${PORT}
            hosts: ["${USER}1", b]
            literal: $${USER} $USER $
            """,
            environment,
            "also=${USER}");
    Section root = reading.root();

    assertThat(root.text("url")).isEqualTo("jdbc:ann@db");
    assertThat(root.text("password")).isEqualTo("$1\\x${USER}");
    assertThat(root.integer("port", 1, 9)).isEqualTo(5);
    assertThat(root.texts("hosts")).containsExactly("ann1", "b");
    assertThat(root.text("literal")).isEqualTo("${USER} $USER $");
    assertThat(root.text("also")).isEqualTo("ann");
    assertThat(reading.problems()).isEmpty();
  }

  @Test
  void aVariableThatIsNotSetIsOneMistake() {
    Reading reading = Reading.of(folder, "a: 1\nport: ${NO_PORT}\nhost: ${no-host}\n");

    reading.root().integer("port", 1, 9);
    reading.root().text("host");

    assertThat(reading.problems())
        .containsExactly(
            "job.yaml:2: port: the environment variable NO_PORT is not set",
            "job.yaml:3: host: ${no-host} is no environment variable; write $${ for ${ itself");
  }

  @Test
  void whatAVariableHoldsIsNeverPartOfAMessage() {
    Map<String, String> environment = Map.of("SECRET", "hunter2");
    Reading reading =
        Reading.of(
            folder,
            "n: ${SECRET}\nd: ${SECRET}\nf: ${SECRET}\nu: ${SECRET}\nm: ${SECRET}\n",
            environment,
            "set=${SECRET}");
    Section root = reading.root();

    root.integer("n", 1, 9);
    root.duration("d");
    root.flag("f", false);
    root.section("m");
    root.integer("set", 1, 9);
    root.done();

    assertThat(reading.problems()).hasSize(6).noneMatch(line -> line.contains("hunter2"));
    assertThat(reading.problems()).anyMatch(line -> line.endsWith("not ${SECRET}"));
  }
}
