package io.weir.consensus.server.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.Change;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.Watch;
import io.weir.consensus.WatchListener;
import io.weir.consensus.http.HttpStore;
import io.weir.consensus.http.HttpStoreSettings;
import io.weir.consensus.http.PemTls;
import io.weir.consensus.server.access.Role;
import io.weir.consensus.store.RegisterStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Watches over nodes that come and go. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpWatchTest {

  private final List<AutoCloseable> opened = new ArrayList<>();
  private TestNode node;
  private RegisterStore store;

  @BeforeAll
  void makeCertificates(@TempDir Path folder) throws IOException {
    node = new TestNode(folder);
  }

  @BeforeEach
  void openStore() {
    store = open(TestNode.store());
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
    opened.clear();
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.add(resource);
    return resource;
  }

  /** Remembers what it was told. */
  private static final class Seen implements WatchListener {
    private final List<Revision> revisions = new CopyOnWriteArrayList<>();
    private volatile @Nullable StoreException end;

    @Override
    public void onRevision(Revision revision) {
      revisions.add(revision);
    }

    @Override
    public void onEnd(StoreException reason) {
      end = reason;
    }

    List<Long> versions() {
      return revisions.stream().map(Revision::version).toList();
    }

    void awaitVersions(long from, long to) {
      List<Long> expected = LongStream.rangeClosed(from, to).boxed().toList();
      await()
          .dontCatchUncaughtExceptions() // a listener's, on purpose
          .pollInterval(Duration.ofMillis(20))
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() -> assertThat(versions()).isEqualTo(expected));
    }
  }

  private void write(long from, long to) {
    for (long version = from; version <= to; version++) {
      Change change = new Change.Set("a: " + version);
      store.propose(Proposal.of("job", version - 1, change, "t", "")).join();
    }
  }

  private Seen watch(long from, Integer... ports) throws IOException {
    Seen seen = new Seen();
    Watch unused = open(node.connect(Role.READ, ports)).watch("job", from, seen);
    return seen;
  }

  @Test
  void deliversWhatIsThereAndWhatComes() throws Exception {
    write(1, 40);
    Seen seen = watch(5, open(node.front(store)).port());

    seen.awaitVersions(5, 40);
    write(41, 60);

    seen.awaitVersions(5, 60);
    assertThat(seen.revisions).isEqualTo(store.history("job", 5, 100).join());
  }

  @Test
  void waitsForAJobThatDoesNotExistYet() throws Exception {
    Seen seen = watch(1, open(node.front(store)).port());

    write(1, 1);

    seen.awaitVersions(1, 1);
  }

  @Test
  void hasNoGapsWhileNodesComeAndGo() throws Exception {
    Front one = node.front(store);
    Front two = node.front(store);
    Seen seen = watch(1, one.port(), two.port());
    write(1, 20);
    one.close();
    write(21, 40);
    one = open(node.front(store, node.settings(one.port())));
    two.close();
    write(41, 60);
    seen.awaitVersions(1, 60);
    one.close();
    write(61, 80);
    open(node.front(store, node.settings(two.port())));

    seen.awaitVersions(1, 80);
    assertThat(seen.end).isNull();
  }

  @Test
  void leavesANodeThatHangs() throws Exception {
    SilentServer silent = open(new SilentServer());
    Front live = open(node.front(store));
    write(1, 3);

    for (Seen seen : severalWatches(silent.port(), live.port())) {
      seen.awaitVersions(1, 3);
    }
  }

  @Test
  void leavesANodeThatIsCutOff() throws Exception {
    expectVersionsInSpiteOf(Faulty.cutOff(store));
  }

  @Test
  void asksANodeThatHearsOfNothing() throws Exception {
    expectVersionsInSpiteOf(Faulty.deaf(store));
  }

  private void expectVersionsInSpiteOf(ConfigurationStore faulty) throws Exception {
    Front bad = open(node.front(faulty));
    Front live = open(node.front(store));
    List<Seen> all = severalWatches(bad.port(), live.port());

    write(1, 3);

    for (Seen seen : all) {
      seen.awaitVersions(1, 3);
    }
  }

  /** Clients choose their first node by chance. */
  private List<Seen> severalWatches(Integer... ports) throws IOException {
    List<Seen> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(watch(1, ports));
    }
    return all;
  }

  @Test
  void endsWhereTheContentIsGone() throws Exception {
    write(1, 210);

    Seen seen = watch(5, open(node.front(store)).port());

    await()
        .untilAsserted(
            () ->
                assertThat(seen.end)
                    .isInstanceOfSatisfying(
                        StoreException.Compacted.class,
                        gone -> assertThat(gone.oldest()).isEqualTo(11)));
    assertThat(seen.revisions).isEmpty();
  }

  @Test
  void endsWhenEveryNodeRefusesItsToken() throws Exception {
    List<URI> nodes =
        List.of(
            TestNode.uri(open(node.front(store)).port()),
            TestNode.uri(open(node.front(store)).port()));
    Seen seen = new Seen();
    HttpStoreSettings settings =
        HttpStoreSettings.of(
            nodes, PemTls.context(node.certificates().frontAuthority(), null, null), "wrong");

    Watch unused = open(new HttpStore(settings)).watch("job", 1, seen);

    await()
        .untilAsserted(() -> assertThat(seen.end).isInstanceOf(StoreException.AccessDenied.class));
  }

  @Test
  void endsWhereItsListenerThrowsInsteadOfLeavingAVersionOut() throws Exception {
    HttpStore client = open(node.connect(Role.READ, open(node.front(store)).port()));
    List<Long> told = new CopyOnWriteArrayList<>();
    Seen other = new Seen();
    Watch unused = client.watch("job", 1, new Throwing(told));
    Watch unusedToo = client.watch("job", 1, other);

    write(1, 4);

    other.awaitVersions(1, 4);
    await()
        .dontCatchUncaughtExceptions()
        .untilAsserted(() -> assertThat(told).containsExactly(1L, 2L));
    write(5, 6);
    other.awaitVersions(1, 6);
    assertThat(told).containsExactly(1L, 2L);
  }

  /** Throws at version 2 what a store could have said, too. */
  private record Throwing(List<Long> told) implements WatchListener {

    @Override
    public void onRevision(Revision revision) {
      told.add(revision.version());
      if (revision.version() == 2) {
        throw new StoreException.Unavailable("the listener's own");
      }
    }

    @Override
    public void onEnd(StoreException reason) {
      throw new AssertionError(reason);
    }
  }

  @Test
  void deliversNothingAfterItsEnd() throws Exception {
    Seen closed = new Seen();
    HttpStore client = open(node.connect(Role.READ, open(node.front(store)).port()));
    Watch watch = client.watch("job", 1, closed);
    Seen other = new Seen();
    Watch unused = client.watch("job", 1, other);
    write(1, 2);
    closed.awaitVersions(1, 2);

    watch.close();
    write(3, 4);

    other.awaitVersions(1, 4);
    assertThat(closed.versions()).containsExactly(1L, 2L);
  }

  @Test
  void holdsNoThreadOfTheFrontWhileItWaits() throws Exception {
    Front front = open(node.front(store));
    HttpStore watching = open(node.connect(Role.READ, front.port()));
    List<Seen> all = new ArrayList<>();
    // More than the front has threads.
    for (int i = 0; i < 24; i++) {
      Seen seen = new Seen();
      Watch unused = watching.watch("job", 1, seen);
      all.add(seen);
    }

    HttpStore asking =
        open(
            new HttpStore(
                node.client(Role.READ, front.port()).withCallLimit(Duration.ofSeconds(20))));
    CompletableFuture<List<String>> jobs = asking.jobs();
    write(1, 2);

    assertThat(jobs.join()).isNotNull();
    all.forEach(seen -> seen.awaitVersions(1, 2));
  }
}
