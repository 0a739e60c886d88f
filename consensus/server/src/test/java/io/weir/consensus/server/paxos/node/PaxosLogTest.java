package io.weir.consensus.server.paxos.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.Change;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.register.Register;
import io.weir.consensus.server.lifecycle.StartRefused;
import io.weir.consensus.server.raft.LocalCluster;
import io.weir.consensus.store.DocumentCheck;
import io.weir.consensus.store.RegisterStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes in this process. */
@Timeout(120)
class PaxosLogTest {

  private static final Duration SOON = Duration.ofSeconds(40);

  @TempDir private Path folder;

  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final Map<String, RegisterStore> stores = new TreeMap<>();
  private final Map<String, String> halts = new ConcurrentHashMap<>();
  private Map<String, String> members = Map.of();

  @BeforeEach
  void startAll() throws Exception {
    members = LocalCluster.freeAddresses(3);
    for (String node : members.keySet()) {
      start(node);
    }
  }

  @AfterEach
  void stopAll() {
    stores.values().forEach(RegisterStore::close);
    executor.shutdownNow();
  }

  private PaxosSettings settings(String node) {
    return PaxosSettings.of("test", node, members, folder.resolve(node))
        .withSubmitLimit(Duration.ofSeconds(30));
  }

  private void start(String node) throws IOException, StartRefused {
    Register register = new Register();
    PaxosLog log =
        PaxosLog.start(settings(node), register, (reason, cause) -> halts.put(node, reason));
    stores.put(node, new RegisterStore(register, log, DocumentCheck.none(), executor));
  }

  private RegisterStore store(String node) {
    RegisterStore store = stores.get(node);
    if (store == null) {
      throw new IllegalStateException(node + " is not running");
    }
    return store;
  }

  private void stop(String node) {
    RegisterStore store = stores.remove(node);
    if (store != null) {
      store.close();
    }
  }

  private Revision set(String node, long expected) throws Exception {
    Proposal proposal =
        Proposal.of("job", expected, new Change.Set("limit: " + expected), "me", "");
    return store(node).propose(proposal).get(60, TimeUnit.SECONDS);
  }

  private long version(String node) throws Exception {
    return store(node).read("job").get(60, TimeUnit.SECONDS).version();
  }

  @Test
  void goesOnWhenItsPreferredProposerIsGone() throws Exception {
    set("b", 0);

    stop("a");

    assertThat(set("c", 1).version()).isEqualTo(2);
    assertThat(version("b")).isEqualTo(2);
  }

  @Test
  void bringsANodeThatWasAwayUpToDateWithAllThatItMissed() throws Exception {
    set("a", 0);
    stop("c");
    for (int version = 1; version < 30; version++) {
      set("a", version);
    }

    start("c");

    await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(() -> store("c").readLocal("job").join().version() == 30);
    List<Revision> history = store("c").history("job", 1, 100).get(60, TimeUnit.SECONDS);
    assertThat(history).hasSize(30).allMatch(each -> each.content().isPresent());
    assertThat(history).isEqualTo(store("a").history("job", 1, 100).join());
  }

  @Test
  void keepsEverythingWhenAllNodesWereStopped() throws Exception {
    set("a", 0);
    set("b", 1);
    store("a").registerSchema("job", "{}", "request").join();
    LedgerEntry entry =
        new LedgerEntry("job", "run", 4, 1, "", Instant.EPOCH, 2, LedgerEntry.Outcome.IN_FORCE, "");
    store("c").record(entry).join();
    for (String node : members.keySet()) {
      stop(node);
    }

    for (String node : members.keySet()) {
      start(node);
    }

    assertThat(version("c")).isEqualTo(2);
    assertThat(store("b").schema("job").join()).contains("{}");
    assertThat(store("a").ledger("job").join()).containsExactly(entry);
    assertThat(set("c", 2).version()).isEqualTo(3);
  }

  @Test
  void acknowledgesNothingWithoutAMajority() throws Exception {
    set("a", 0);
    stop("b");
    stop("c");
    Register register = new Register();
    stop("a");
    PaxosLog alone =
        PaxosLog.start(
            settings("a").withSubmitLimit(Duration.ofMillis(600)), register, (why, cause) -> {});
    try (RegisterStore store = new RegisterStore(register, alone, DocumentCheck.none(), executor)) {
      Proposal proposal = Proposal.of("job", 1, new Change.Set("x: 1"), "me", "");

      assertThatThrownBy(() -> store.propose(proposal).get(40, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(StoreException.Unavailable.class);
      assertThatThrownBy(() -> store.read("job").get(40, TimeUnit.SECONDS))
          .cause()
          .isInstanceOf(StoreException.Unavailable.class);
    }
  }

  @Test
  void doesNotLetANodeTakePartThatLostItsFolder() throws Exception {
    set("a", 0);
    stop("c");
    empty(folder.resolve("c"));

    start("c");

    await().atMost(SOON).until(() -> halts.containsKey("c"));
    assertThat(halts.get("c")).contains("was lost").contains("restore its folder");
    assertThat(set("a", 1).version()).isEqualTo(2);
    assertThat(halts).containsOnlyKeys("c");
  }

  private static void empty(Path lost) throws IOException {
    try (Stream<Path> files = Files.walk(lost)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void refusesAFolderWhoseLogIsGoneOrThatIsAnothers() throws Exception {
    stop("c");
    PaxosSettings other = PaxosSettings.of("other", "c", members, folder.resolve("c"));

    assertThatThrownBy(() -> PaxosLog.start(other, new Register()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("cluster: test");
    Files.delete(folder.resolve("c").resolve("paxos-0.log"));
    assertThatThrownBy(() -> start("c"))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("its log is gone");
  }

  @Test
  void letsCompetingNodesChangeOneJobOneAfterTheOther() throws Exception {
    set("a", 0);
    for (int version = 1; version < 20; version++) {
      set(List.of("a", "b", "c").get(version % 3), version);
    }

    assertThat(version("a")).isEqualTo(20);
  }
}
