package io.weir.consensus.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.consensus.Change;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Proposal;
import io.weir.consensus.VersionId;
import io.weir.consensus.http.HttpStore;
import io.weir.consensus.server.access.Role;
import io.weir.consensus.server.front.Front;
import io.weir.consensus.server.front.TestNode;
import io.weir.consensus.server.node.ClientFile;
import io.weir.consensus.server.schema.YamlDocument;
import io.weir.consensus.store.RegisterStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code weir config} against a node: what it prints, and how it ends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfigCommandTest {

  private static final int REFUSED = 1;
  private static final int USAGE = 2;
  private static final int CONFLICT = 3;
  private static final VersionId HELD = new VersionId(5, "5e".repeat(32));

  private final RegisterStore store = TestNode.store();
  private Front front;
  private Path folder;
  private TestNode node;

  @BeforeAll
  void start(@TempDir Path temp) throws IOException {
    folder = temp;
    node = new TestNode(temp);
    front = node.front(store);
    clientFile("store.yaml", Role.ADMIN);
    clientFile("reader.yaml", Role.READ);
  }

  @AfterAll
  void stop() {
    front.close();
    store.close();
  }

  private void clientFile(String name, Role role) throws IOException {
    clientFile(name, role, front);
  }

  private void clientFile(String name, Role role, Front to) throws IOException {
    Files.writeString(
        folder.resolve(name),
        "nodes: [\"%s\"]\nauthority: %s\ntoken-file: %s\n"
            .formatted(
                TestNode.uri(to.port()),
                node.certificates().frontAuthority(),
                node.certificates().token(role)));
  }

  private record Ended(int code, String out, String err) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  private Ended config(String... arguments) {
    return run("store.yaml", "", arguments);
  }

  private Ended run(String storeFile, String input, String... arguments) {
    StringWriter out = new StringWriter();
    Ended ended = run(new PrintWriter(out), storeFile, input, arguments);
    return new Ended(ended.code(), out.toString(), ended.err());
  }

  private Ended run(PrintWriter out, String... arguments) {
    return run(out, "store.yaml", "", arguments);
  }

  private Ended run(PrintWriter out, String storeFile, String input, String[] arguments) {
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of("config"));
    all.addAll(List.of(arguments));
    if (arguments.length > 1 || arguments[0].matches("jobs|status")) {
      all.addAll(List.of("--store", folder.resolve(storeFile).toString()));
    }
    ConfigCommand config =
        new ConfigCommand(Connection.byFile(), new ByteArrayInputStream(input.getBytes(UTF_8)));
    int code =
        ConsensusCommand.commandLine(config)
            .setOut(out)
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    return new Ended(code, "", err.toString());
  }

  private void propose(String job, String... documents) {
    for (int i = 0; i < documents.length; i++) {
      store.propose(Proposal.of(job, i, new Change.Set(documents[i]), "t", "r" + i)).join();
    }
  }

  private long newest(String job) {
    return store.read(job).join().version();
  }

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
  void saysHowTheNodesAndAJobAre() throws Exception {
    propose("stands", "a: 1", "a: 2");
    store.record(ledgerEntry("stands", 1, LedgerEntry.Outcome.IN_FORCE)).join();
    store.record(ledgerEntry("stands", 2, LedgerEntry.Outcome.REFUSED)).join();

    // A node is asked once, for a time: a busy machine may take longer.
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(config("status").out()).contains("n1").contains("leader");
              JsonNode nodes = config("status", "--output", "json").json().get("nodes");
              assertThat(nodes.get(0).path("role").asText()).isEqualTo("leader");
            });
    JsonNode job = config("status", "stands", "--output", "json").json();
    assertThat(job.get("newest").asLong()).isEqualTo(2);
    assertThat(job.get("in_force").asLong()).isEqualTo(1);
    assertThat(config("status", "stands").out()).contains("in force");
    assertThat(config("status", "nobody").code()).isEqualTo(REFUSED);
  }

  private static LedgerEntry ledgerEntry(String job, long version, LedgerEntry.Outcome outcome) {
    return ledgerEntry(job, version, "", outcome, "");
  }

  private static LedgerEntry ledgerEntry(
      String job, long version, String hash, LedgerEntry.Outcome outcome, String note) {
    return new LedgerEntry(job, "f00", version, version, hash, Instant.EPOCH, 4, outcome, note);
  }

  @Test
  void saysWhatIsInForceAndWhatBecameOfTheNewestVersion() throws Exception {
    propose("page", "a: 1");
    assertThat(config("status", "page").out())
        .contains("newest    version 1, set by t, ", ": r0")
        .contains("in force  none")
        .contains("state     version 1 is not in force yet");
    store.record(ledgerEntry("page", 1, LedgerEntry.Outcome.IN_FORCE)).join();
    assertThat(config("status", "page").out())
        .contains("in force  version 1 on all 4 subtasks since checkpoint 1, 1970-01-01T00:00:00Z")
        .contains("state     the newest version is in force");
    store.propose(Proposal.of("page", 1, new Change.Set("a: 2"), "t", "")).join();
    store
        .record(ledgerEntry("page", 2, "", LedgerEntry.Outcome.REFUSED, "no column 'colour'"))
        .join();

    List<String> page = config("status", "page").out().lines().toList();
    JsonNode json = config("status", "page", "--output", "json").json();
    Ended yaml = config("status", "page", "--output", "yaml");

    assertThat(page).contains("state     version 2 was refused: no column 'colour'");
    assertThat(page).containsSubsequence("switches, newest last", "refusals, newest last");
    assertThat(page).anyMatch(line -> line.matches("time +version +checkpoint +subtasks +run"));
    assertThat(page).anyMatch(line -> line.matches("1970\\S+ +2 +f00 +no column 'colour'"));
    assertThat(json.get("state").asText()).isEqualTo("refused");
    assertThat(json.get("switches")).hasSize(1);
    assertThat(json.get("refusals").get(0).get("note").asText()).contains("colour");
    assertThat(YamlDocument.parse("output", yaml.out()).get("in_force").asLong()).isEqualTo(1);
  }

  @Test
  void showsTheLastSwitchesAndWhereTheOthersAre() {
    propose("many", "a: 1");
    for (int checkpoint = 1; checkpoint <= 14; checkpoint++) {
      store
          .record(
              new LedgerEntry(
                  "many",
                  "f00",
                  checkpoint,
                  1,
                  "",
                  Instant.EPOCH,
                  4,
                  LedgerEntry.Outcome.IN_FORCE,
                  ""))
          .join();
    }

    assertThat(config("status", "many").out().lines())
        .contains("switches, the last 10 of 14; all: weir config ledger many")
        .filteredOn(line -> line.endsWith("f00"))
        .hasSize(10);
  }

  @Test
  void adoptsWhatARunSaysThatItHolds() throws Exception {
    propose("forked", "a: 1", "a: 2");
    Ended nothing = config("adopt", "forked");
    store.record(apart("forked", "f00", HELD)).join();
    String before = config("status", "forked").out();

    Ended dry = config("adopt", "forked", "--dry-run");
    Ended late = config("adopt", "forked", "--expect", "1");
    Ended adopted = config("adopt", "forked", "--reason", "backup of Monday");
    Ended again = config("adopt", "forked");

    assertThat(nothing.code()).isEqualTo(REFUSED);
    assertThat(nothing.err()).contains("there is nothing to adopt");
    assertThat(before)
        .contains("in force  unknown here; last noted: none")
        .contains("NOT FOLLOWED: the job holds version 5 (5e5e5e5e5e5e), and behind the job")
        .contains("not followed, newest last");
    assertThat(dry.out()).isEqualTo("would become version 3" + System.lineSeparator());
    assertThat(late.code()).isEqualTo(CONFLICT);
    assertThat(adopted.code()).isZero();
    assertThat(adopted.out())
        .startsWith("forked is at version 3; runs that hold version 5 (5e5e5e5e5e5e) go on");
    assertThat(again.code()).isEqualTo(REFUSED);
    assertThat(again.err()).contains("there is nothing to adopt");
    assertThat(store.read("forked").join().abandoned()).isEqualTo(HELD);
    assertThat(config("history", "forked").out())
        .contains("adopt for version 5 (5e5e5e5e5e5e)", "backup of Monday");
    JsonNode after = config("status", "forked", "--output", "json").json();
    assertThat(after.get("state").asText()).isEqualTo("adopted");
    assertThat(after.get("held").get("hash").asText()).isEqualTo(HELD.hash());
    assertThat(config("status", "forked").out()).contains("newest    version 3, adopted by admin");
  }

  @Test
  void asksWhichWhereRunsHoldSeveralVersions() {
    propose("forks", "a: 1");
    VersionId other = new VersionId(6, "6e".repeat(32));
    store.record(apart("forks", "f00", HELD)).join();
    store.record(apart("forks", "f01", other)).join();

    Ended open = config("adopt", "forks");
    Ended wrong = config("adopt", "forks", "--abandon", "7");
    Ended chosen = config("adopt", "forks", "--abandon", "6e6e");

    assertThat(open.code()).isEqualTo(REFUSED);
    assertThat(open.err())
        .contains("version 5 (5e5e5e5e5e5e)", "version 6 (6e6e6e6e6e6e)", "--abandon");
    assertThat(wrong.code()).isEqualTo(REFUSED);
    assertThat(chosen.code()).isZero();
    assertThat(store.read("forks").join().abandoned()).isEqualTo(other);
  }

  @Test
  void refusesToAdoptWithoutTheRole() {
    propose("protected", "a: 1");
    store.record(apart("protected", "f00", HELD)).join();

    Ended ended = run("reader.yaml", "", "adopt", "protected");

    assertThat(ended.code()).isEqualTo(REFUSED);
    assertThat(ended.err()).contains("admin is needed");
    assertThat(newest("protected")).isEqualTo(1);
  }

  /** A run holds what this store does not know. */
  private static LedgerEntry apart(String job, String run, VersionId held) {
    return new LedgerEntry(
        job,
        run,
        0,
        held.version(),
        held.hash(),
        Instant.EPOCH,
        0,
        LedgerEntry.Outcome.NOT_FOLLOWED,
        "behind the job");
  }

  @Test
  void printsVersionsAsTheyCome() throws Exception {
    propose("watched", "a: 1", "a: 2");
    StringWriter out = new StringWriter();
    HttpStore client = new HttpStore(new ClientFile(folder.resolve("store.yaml"), Map.of()).read());
    ConfigCommand config = new ConfigCommand(file -> client, new ByteArrayInputStream(new byte[0]));
    Thread watching =
        new Thread(
            () ->
                ConsensusCommand.commandLine(config)
                    .setOut(new PrintWriter(out))
                    .execute("config", "watch", "watched", "--from", "1", "--output", "json"));
    watching.setDaemon(true);
    watching.start();

    try (client) {
      await().atMost(Duration.ofSeconds(30)).until(() -> versions(out).equals(List.of(1, 2)));
      store.propose(Proposal.of("watched", 2, new Change.Delete(), "t", "")).join();
      await().atMost(Duration.ofSeconds(30)).until(() -> versions(out).equals(List.of(1, 2, 3)));
    }
  }

  @Test
  void endsWith1WhereItsOutputIsLost() {
    propose("lost", "a: 1");

    Ended get = run(new PrintWriter(new FullDisk()), "get", "lost");

    assertThat(get.code()).isEqualTo(REFUSED);
    assertThat(get.err()).contains("the output could not be written");
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void endsAWatchThatNobodyReads() {
    propose("unread", "a: 1");

    Ended watch = run(new PrintWriter(new FullDisk()), "watch", "unread");

    assertThat(watch.code()).isEqualTo(REFUSED);
    assertThat(watch.err()).contains("the output could not be written");
  }

  /** Takes nothing, as a full disk or a closed pipe. */
  private static final class FullDisk extends Writer {
    @Override
    public void write(char[] text, int from, int length) throws IOException {
      throw new IOException("no space left");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void printsEachVersionOfAWatchAsAYamlDocumentOfItsOwn() {
    propose("documents", "a: 1", "a: 2");
    StringWriter out = new StringWriter();
    Printer printer = new Printer(new PrintWriter(out), Optional.of(Output.Form.YAML));

    store.history("documents", 1, 2).join().forEach(printer::watched);

    assertThat(out.toString().split("---\\R", -1))
        .hasSize(3)
        .filteredOn(document -> !document.isEmpty())
        .extracting(document -> YamlDocument.parse("output", document).get("version").asInt())
        .containsExactly(1, 2);
  }

  @Test
  void printsTheNamesOfAWatchsColumnsOnce() {
    propose("columns", "a: 1", "a: 2");
    StringWriter out = new StringWriter();
    Printer printer = new Printer(new PrintWriter(out), Optional.empty());

    store.history("columns", 1, 2).join().forEach(printer::watched);

    assertThat(out.toString().lines())
        .hasSize(3)
        .filteredOn(line -> line.contains("hash"))
        .hasSize(1);
  }

  private static List<Integer> versions(StringWriter out) {
    return Stream.of(out.toString().split("\"version\":", -1))
        .skip(1)
        .map(rest -> Integer.parseInt(rest.split("\\D", -1)[0]))
        .toList();
  }

  @Test
  void endsAWatchOfWhatIsGoneWith1() {
    for (int i = 0; i < 201; i++) {
      store.propose(Proposal.of("gone", i, new Change.Set("a: " + i), "t", "")).join();
    }

    Ended ended = config("watch", "gone", "--from", "1");

    assertThat(ended.code()).isEqualTo(REFUSED);
    assertThat(ended.err()).contains("the oldest with content is 2");
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

  @Test
  void backsUpAndRestoresOverTheFront() throws IOException {
    propose("saved", "limit: 1", "limit: 2");
    store.registerSchema("saved", "{\"type\": \"object\"}").join();
    Path file = folder.resolve("all.backup");
    Ended backup = run("reader.yaml", "", "backup", file.toString());
    assertThat(backup.code()).as(backup.err()).isZero();
    assertThat(backup.out()).contains("versions");

    try (RegisterStore fresh = TestNode.store();
        Front other = node.front(fresh)) {
      clientFile("fresh.yaml", Role.ADMIN, other);
      clientFile("fresh-reader.yaml", Role.READ, other);

      Ended denied = run("fresh-reader.yaml", "", "restore", file.toString());
      Ended checked = run("fresh.yaml", "", "restore", file.toString(), "--dry-run");
      assertThat(denied.code()).isEqualTo(REFUSED);
      assertThat(denied.err()).contains("admin");
      assertThat(checked.out()).contains("saved: would end with version 2");
      assertThat(fresh.jobs().join()).isEmpty();

      Ended one = run("fresh.yaml", "", "restore", file.toString(), "--job", "saved");
      assertThat(one.code()).as(one.err()).isZero();
      assertThat(one.out()).contains("saved: restored, with version 2");
      assertThat(fresh.jobs().join()).containsExactly("saved");
      assertThat(fresh.history("saved", 1, 9).join())
          .isEqualTo(store.history("saved", 1, 9).join());
      assertThat(run("fresh.yaml", "", "restore", file.toString(), "--job", "saved").out())
          .contains("is there already");
    }
  }

  @Test
  void restoresNothingOfWhatIsNoBackupAndOverwritesNone() throws IOException {
    Path file = Files.writeString(folder.resolve("no.backup"), "limit: 1");

    Ended restore = config("restore", file.toString());
    Ended backup = config("backup", file.toString());
    Ended missing = config("restore", folder.resolve("nowhere").toString());

    assertThat(restore.code()).isEqualTo(REFUSED);
    assertThat(restore.err()).contains("no.backup: it is no backup").contains("nothing was");
    assertThat(backup.code()).isEqualTo(REFUSED);
    assertThat(backup.err()).contains("is there already");
    assertThat(missing.code()).isEqualTo(REFUSED);
    assertThat(missing.err()).contains("nowhere");
    assertThat(file).hasContent("limit: 1");
  }
}
