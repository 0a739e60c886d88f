package io.weir.consensus.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.consensus.server.schema.YamlDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code weir config}: what it prints, and how it ends. */
class ConfigCommandTest extends ConfigCommandCase {

  @Test
  void setsFromAFileAndGetsWhatWasWritten() throws Exception {
    Path file = Files.writeString(folder.resolve("rules.yaml"), "# why\nlimit: 5");

    Ended set = config("set", "sets", file.toString(), "--expect", "0", "--reason", "because");
    Ended get = config("get", "sets");

    assertThat(set.out()).isEqualTo("sets is at version 1" + System.lineSeparator());
    assertThat(set.code()).isZero();
    assertThat(get.out()).isEqualTo("# why\nlimit: 5" + System.lineSeparator());
    assertThat(get.code()).isZero();
    assertThat(store.read("sets").join().reason()).isEqualTo("because");
  }

  @Test
  void setsFromStandardInputOnTheNewestVersion() {
    propose("inputs", "a: 1");

    Ended set = run("store.yaml", "a: 2", "set", "inputs", "-");

    assertThat(set.code()).isZero();
    assertThat(store.read("inputs").join().content()).contains("a: 2");
  }

  @Test
  void endsWith3AndChangesNothingAtAVersionConflict() {
    propose("conflicts", "a: 1", "a: 2");

    for (String[] change :
        List.of(
            new String[] {"set", "conflicts", "-", "--expect", "1"},
            new String[] {"set", "conflicts", "-", "--expect", "1", "--dry-run"},
            new String[] {"rollback", "conflicts", "1", "--expect", "1"},
            new String[] {"delete", "conflicts", "--expect", "1"})) {
      Ended ended = run("store.yaml", "a: 3", change);

      assertThat(ended.code()).isEqualTo(CONFLICT);
      assertThat(ended.err())
          .isEqualTo(
              "weir: job 'conflicts' is at version 2, not at the expected 1"
                  + System.lineSeparator());
      assertThat(ended.out()).isEmpty();
    }
    assertThat(newest("conflicts")).isEqualTo(2);
  }

  @Test
  void checksWithoutChangingOnADryRun() throws Exception {
    propose("dry", "a: 1");

    Ended dry = run("store.yaml", "a: 2", "set", "dry", "-", "--dry-run");
    Ended json = run("store.yaml", "a: 2", "set", "dry", "-", "--dry-run", "--output", "json");

    assertThat(dry.out()).isEqualTo("would become version 2" + System.lineSeparator());
    assertThat(dry.code()).isZero();
    assertThat(json.json().get("would_become").asLong()).isEqualTo(2);
    assertThat(newest("dry")).isEqualTo(1);
  }

  @Test
  void saysWhereADocumentBreaksTheSchema() throws Exception {
    Path schema =
        Files.writeString(folder.resolve("s.json"), "{\"properties\":{\"a\":{\"maximum\":9}}}");

    assertThat(config("schema", "checked", schema.toString()).code()).isZero();
    Ended refused = run("store.yaml", "a: 10", "set", "checked", "-");
    Ended dry = run("store.yaml", "a: 10", "set", "checked", "-", "--dry-run");

    assertThat(refused.code()).isEqualTo(REFUSED);
    assertThat(refused.err()).contains("/a").contains("maximum");
    assertThat(dry.err()).isEqualTo(refused.err());
    assertThat(store.history("checked", 1, 1)).isCompletedExceptionally();
  }

  @Test
  void printsTheSchema() throws Exception {
    store.registerSchema("schemas", "{}").join();

    assertThat(config("schema", "schemas").out()).isEqualTo("{}" + System.lineSeparator());
    assertThat(config("schema", "schemas", "--output", "json").json().get("schema").asText())
        .isEqualTo("{}");
    assertThat(config("schema", "none").code()).isEqualTo(REFUSED);
    assertThat(config("schema", "none").err()).contains("'none' has no schema");
  }

  @Test
  void showsHowVersionsDiffer() throws Exception {
    propose("diffs", "a: 1\nb: 1\n", "a: 2\nb: 1\n", "a: 3\nb: 1\n");

    assertThat(config("diff", "diffs", "1", "2").out()).contains("-a: 1\n+a: 2\n b: 1\n");
    assertThat(config("diff", "diffs", "1").out()).contains("-a: 1\n+a: 3\n");
    Ended json = config("diff", "diffs", "1", "2", "--output", "json");
    assertThat(json.json().get("diff").asText()).contains("-a: 1\n+a: 2\n");
    assertThat(config("diff", "diffs", "1", "9").code()).isEqualTo(REFUSED);
    assertThat(config("diff", "diffs", "1", "9").err()).contains("newest version is 3");
  }

  @Test
  void listsTheHistoryInEveryForm() throws Exception {
    propose("histories", "a: 1", "a: 2");

    List<String> table = config("history", "histories").out().lines().toList();
    JsonNode json = config("history", "histories", "--output", "json").json();
    Ended yaml = config("history", "histories", "--output", "yaml", "--from", "2");

    assertThat(table).hasSize(3);
    assertThat(table.get(0)).matches("version +time +change +author +hash +reason *");
    assertThat(table.get(2)).startsWith("2 ").contains("set", "r1");
    assertThat(json.get("revisions")).hasSize(2);
    assertThat(YamlDocument.parse("output", yaml.out()).get("revisions")).hasSize(1);
    assertThat(yaml.out()).contains("version: 2");
  }

  @Test
  void rollsBackAsANewVersion() {
    propose("rolls", "a: 1", "a: 2");

    Ended rolled = config("rollback", "rolls", "1", "--reason", "worse");

    assertThat(rolled.out()).isEqualTo("rolls is at version 3" + System.lineSeparator());
    assertThat(config("get", "rolls").out()).isEqualTo("a: 1" + System.lineSeparator());
    assertThat(config("get", "rolls", "--version", "2").out()).startsWith("a: 2");
    assertThat(config("rollback", "rolls", "8").code()).isEqualTo(REFUSED);
  }

  @Test
  void deletesByATombstoneAndSaysSo() throws Exception {
    propose("deleted", "a: 1");

    assertThat(config("delete", "deleted", "--expect", "1").code()).isZero();
    Ended get = config("get", "deleted");

    assertThat(get.code()).isEqualTo(REFUSED);
    assertThat(get.err()).contains("'deleted' is deleted, by version 2");
    assertThat(config("get", "deleted", "--output", "json").json().get("kind").asText())
        .isEqualTo("delete");
    assertThat(run("store.yaml", "a: 3", "set", "deleted", "-").code()).isZero();
    assertThat(newest("deleted")).isEqualTo(3);
  }

  @Test
  void endsWith1WhereTheTokenMayNot() {
    propose("forbidden", "a: 1");

    Ended ended = run("reader.yaml", "a: 2", "set", "forbidden", "-");

    assertThat(ended.code()).isEqualTo(REFUSED);
    assertThat(ended.err()).contains("propose is needed");
    assertThat(newest("forbidden")).isEqualTo(1);
  }

  @Test
  void endsWith1AtAnUnknownJobAndAFileThatIsNotThere() {
    assertThat(config("get", "nobody").code()).isEqualTo(REFUSED);
    assertThat(config("get", "nobody").err()).contains("there is no job 'nobody'");
    assertThat(config("set", "nobody", "/no/such/file").code()).isEqualTo(REFUSED);
    assertThat(config("set", "nobody", "/no/such/file").err()).contains("/no/such/file");
    assertThat(run("none.yaml", "", "get", "nobody").err()).contains("none.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "get",
        "get a b",
        "get a --version 1 --local",
        "gte a",
        "set a",
        "set a - --expect x",
        "rollback a",
        "rollback a x",
        "diff a",
        "history a --output xml",
        "delete",
        "adopt",
        "adopt a --expect x",
        "schema"
      })
  void endsWith2WhenTheCommandIsNotUnderstood(String arguments) {
    Ended ended = config(arguments.split(" ", -1));

    assertThat(ended.code()).isEqualTo(USAGE);
    assertThat(ended.err()).startsWith("weir: ").contains("--help");
  }
}
