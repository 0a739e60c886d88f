package io.weir.consensus.server.front;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.consensus.Chain;
import io.weir.consensus.Change;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.VersionId;
import io.weir.consensus.http.HttpStore;
import io.weir.consensus.http.NodeStatus;
import io.weir.consensus.server.access.Role;
import io.weir.consensus.store.RegisterStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A client, a front and a store in memory: everything once, as it should go. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrontTest {

  private final RegisterStore store = TestNode.store();
  private Front front;
  private HttpStore client;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    TestNode node = new TestNode(folder);
    front = node.front(store);
    client = node.connect(Role.ADMIN, front.port());
  }

  @AfterAll
  void stop() {
    client.close();
    front.close();
    store.close();
  }

  @Test
  void readsWhatWasProposed() throws Exception {
    Revision proposed = get(client.propose(set("reads", 0, "a: \"ü\"\n")));

    Revision read = get(client.read("reads"));

    assertThat(proposed.version()).isEqualTo(1);
    assertThat(read.content()).contains("a: \"ü\"\n");
    assertThat(read.withDocument(null)).isEqualTo(proposed);
    assertThat(read.hash()).isEqualTo(Chain.hash(read));
    assertThat(get(client.readLocal("reads"))).isEqualTo(read).isEqualTo(get(store.read("reads")));
  }

  @Test
  void notesTheTokensNameAsTheAuthor() throws Exception {
    Revision revision = get(client.propose(set("author", 0, "a: 1")));

    assertThat(revision.author()).isEqualTo("admin (ann)");
    assertThat(revision.reason()).isEqualTo("why ü & + %");
  }

  @Test
  void rollsBackAndDeletes() throws Exception {
    get(client.propose(set("back", 0, "a: 1")));
    get(client.propose(set("back", 1, "a: 2")));
    get(client.propose(of("back", 2, new Change.Rollback(1))));

    assertThat(get(client.read("back")).content()).contains("a: 1");
    assertThat(get(client.read("back")).rolledBackTo()).isEqualTo(1);

    Revision tombstone = get(client.propose(of("back", 3, new Change.Delete())));

    assertThat(tombstone.isTombstone()).isTrue();
    assertThat(tombstone.reason()).isEqualTo("why ü & + %");
    assertThat(get(client.read("back"))).isEqualTo(tombstone);
    assertThat(get(client.propose(set("back", 4, "a: 3"))).version()).isEqualTo(5);
  }

  @Test
  void adopts() throws Exception {
    VersionId elsewhere = new VersionId(5, "5e".repeat(32));
    get(client.propose(set("adopts", 0, "a: 1")));
    Proposal proposal = of("adopts", 1, new Change.Adopt(elsewhere));

    assertThat(get(client.check(proposal))).isPresent();
    Revision adoption = get(client.propose(proposal));

    assertThat(adoption.abandoned()).isEqualTo(elsewhere);
    assertThat(adoption.author()).isEqualTo("admin (ann)");
    assertThat(get(client.read("adopts")).content()).contains("a: 1");
    assertThat(get(client.history("adopts", 1, 9)))
        .isEqualTo(get(store.history("adopts", 1, 9)))
        .extracting(Revision::kind)
        .containsExactly(Change.Kind.SET, Change.Kind.ADOPT);
    assertThat(adoption.hash()).isEqualTo(Chain.hash(adoption));
    assertThatThrownBy(() -> get(client.propose(of("adopts", 2, new Change.Adopt(elsewhere)))))
        .isInstanceOf(StoreException.InvalidRequest.class)
        .hasMessageContaining("abandoned already, by version 2");
  }

  @Test
  void repeatsNothingUnderTheSameRequestId() throws Exception {
    Proposal proposal = set("twice", 0, "a: 1");

    assertThat(get(client.propose(proposal))).isEqualTo(get(client.propose(proposal)));
    assertThat(get(client.history("twice", 1, 10))).hasSize(1);
  }

  @Test
  void checksWithoutChanging() throws Exception {
    assertThat(get(client.check(set("checked", 0, "a: 1")))).isEmpty();
    get(client.propose(set("checked", 0, "a: 1")));

    assertThat(get(client.check(set("checked", 1, "a: 2")))).map(Revision::version).contains(1L);
    assertThat(get(client.check(of("checked", 1, new Change.Rollback(1))))).isPresent();
    assertThat(get(client.check(of("checked", 1, new Change.Delete())))).isPresent();
    assertThatThrownBy(() -> get(client.check(set("checked", 0, "a: 2"))))
        .isInstanceOf(StoreException.VersionConflict.class);
    assertThat(get(client.read("checked")).version()).isEqualTo(1);
  }

  @Test
  void readsHistoryInPages() throws Exception {
    for (int i = 0; i < 40; i++) {
      get(store.propose(set("pages", i, "a: " + i)));
    }

    List<Revision> all = get(client.history("pages", 1, 1_000));
    List<Revision> some = get(client.history("pages", 5, 20));

    assertThat(all).isEqualTo(get(store.history("pages", 1, 1_000))).hasSize(40);
    assertThat(some).isEqualTo(all.subList(4, 24));
    assertThat(get(client.history("pages", 41, 10))).isEmpty();
  }

  @Test
  void showsHowVersionsDiffer() throws Exception {
    get(client.propose(set("differs", 0, "a: 1\nb: 2\n")));
    get(client.propose(set("differs", 1, "a: 1\nb: 3\n")));
    get(client.propose(of("differs", 2, new Change.Delete())));

    assertThat(get(client.diff("differs", 1, 2)))
        .isEqualTo("--- differs 1\n+++ differs 2\n@@ -1,2 +1,2 @@\n a: 1\n-b: 2\n+b: 3\n");
    assertThat(get(client.diff("differs", 2, 3))).contains("-a: 1\n-b: 3\n");
    assertThat(get(client.diff("differs", 1, 1))).isEmpty();
    assertThatThrownBy(() -> get(client.diff("differs", 1, 4)))
        .isInstanceOf(StoreException.UnknownVersion.class);
  }

  @Test
  void saysWhatTheContentThatADiffNeedsWasCompactedTo() throws Exception {
    for (int i = 0; i < 203; i++) {
      get(store.propose(set("compacted", i, "a: " + i)));
    }

    assertThatThrownBy(() -> get(client.diff("compacted", 1, 203)))
        .isInstanceOfSatisfying(
            StoreException.Compacted.class, gone -> assertThat(gone.oldest()).isEqualTo(4));
  }

  @Test
  void keepsSchemaAndLedger() throws Exception {
    LedgerEntry entry =
        new LedgerEntry(
            "noted",
            "f00",
            7,
            1,
            "",
            Instant.ofEpochMilli(1),
            4,
            LedgerEntry.Outcome.REFUSED,
            "why not");
    LedgerEntry apart =
        new LedgerEntry(
            "noted",
            "f00",
            0,
            5,
            "5e".repeat(32),
            Instant.ofEpochMilli(2),
            0,
            LedgerEntry.Outcome.NOT_FOLLOWED,
            "behind the job");
    assertThat(get(client.schema("noted"))).isEmpty();
    get(client.registerSchema("noted", "{\"type\": \"object\"}"));
    get(client.propose(set("noted", 0, "a: 1")));
    get(client.record(entry));
    get(client.record(apart));

    assertThat(get(client.schema("noted"))).contains("{\"type\": \"object\"}");
    assertThat(get(client.ledger("noted"))).containsExactly(entry, apart);
    assertThat(get(client.jobs())).isEqualTo(get(store.jobs())).contains("noted");
  }

  @Test
  void saysHowEachNodeIs() throws Exception {
    assertThat(get(client.statuses()))
        .containsExactly(new NodeStatus(TestNode.uri(front.port()), TestNode.STATUS, null));
  }

  private static Proposal set(String job, long expected, String document) {
    return of(job, expected, new Change.Set(document));
  }

  private static Proposal of(String job, long expected, Change change) {
    return Proposal.of(job, expected, change, "ann", "why ü & + %");
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    try {
      return future.get(10, SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StoreException refusal ? refusal : e;
    }
  }
}
