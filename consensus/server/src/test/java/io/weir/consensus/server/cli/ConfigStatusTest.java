package io.weir.consensus.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.consensus.Change;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Proposal;
import io.weir.consensus.VersionId;
import io.weir.consensus.server.schema.YamlDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How {@code weir config} says how a job stands, and has it adopt another history. */
class ConfigStatusTest extends ConfigCommandCase {

  private static final VersionId HELD = new VersionId(5, "5e".repeat(32));

  @Test
  void saysHowTheNodesAndAJobAre() throws Exception {
    propose("stands", "a: 1", "a: 2");
    store.record(ledgerEntry("stands", 1, LedgerEntry.Outcome.IN_FORCE)).join();
    store.record(ledgerEntry("stands", 2, LedgerEntry.Outcome.REFUSED)).join();

    // A node is asked once, for a time: a busy machine may take longer.
    await()
        .atMost(Duration.ofMinutes(2))
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
}
