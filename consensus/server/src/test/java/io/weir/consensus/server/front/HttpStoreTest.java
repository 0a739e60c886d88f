package io.weir.consensus.server.front;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.Change;
import io.weir.consensus.Limits;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.http.HttpStore;
import io.weir.consensus.http.HttpStoreSettings;
import io.weir.consensus.http.wire.Pages;
import io.weir.consensus.server.access.Role;
import io.weir.consensus.server.front.admission.FrontLimits;
import io.weir.consensus.store.RegisterStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The client against nodes that die, hang, refuse, and come back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpStoreTest {

  /** Clients choose their first node by chance; among so many, some choose the faulty one. */
  private static final int CLIENTS = 4;

  private static final int CALLS = 200;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private TestNode node;

  @BeforeAll
  void makeCertificates(@TempDir Path folder) throws IOException {
    node = new TestNode(folder);
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

  private HttpStore client(Integer... ports) throws IOException {
    return open(node.connect(Role.ADMIN, ports));
  }

  private HttpStore client(Duration limit, Integer... ports) throws IOException {
    return open(new HttpStore(node.client(Role.ADMIN, ports).withCallLimit(limit)));
  }

  private static int deadPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void movesOnFromANodeThatIsDown() throws Exception {
    RegisterStore store = open(TestNode.store());
    Front live = open(node.front(store));

    expectWritesThrough(store, deadPort(), live.port());
  }

  @Test
  void movesOnFromANodeThatHangs() throws Exception {
    RegisterStore store = open(TestNode.store());
    Front live = open(node.front(store));
    SilentServer silent = open(new SilentServer());

    expectWritesThrough(store, silent.port(), live.port());
  }

  @Test
  void movesOnFromANodeWithoutQuorum() throws Exception {
    RegisterStore store = open(TestNode.store());
    Front live = open(node.front(store));
    Front cutOff = open(node.front(Faulty.cutOff(store)));

    expectWritesThrough(store, cutOff.port(), live.port());
  }

  @Test
  void bringsTheLargestDocumentAndMoreThanAPageOfThem() throws Exception {
    RegisterStore store = open(TestNode.store());
    Front live = open(node.front(store));
    Duration patience = Duration.ofMinutes(2);
    HttpStore client =
        open(
            new HttpStore(
                node.client(Role.ADMIN, live.port())
                    .withAttemptLimit(patience)
                    .withCallLimit(patience)));
    // Of characters that JSON doubles.
    String largest = "a: " + "\\".repeat(Limits.DOCUMENT_BYTES - 3);
    int versions = Pages.REVISIONS + 1;

    for (int version = 0; version < versions; version++) {
      get(client.propose(set(version, largest)));
    }

    assertThat(get(client.read("job")).content()).contains(largest);
    assertThat(get(client.history("job", 1, 100)))
        .extracting(Revision::content)
        .hasSize(versions)
        .allMatch(Optional.of(largest)::equals);
  }

  @Test
  void isAnsweredWhileItsNodeChecksADocument() throws Exception {
    RegisterStore store = open(TestNode.store());
    get(store.propose(set(0, "a")));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch checked = new CountDownLatch(1);
    HttpStore client = client(open(node.front(Faulty.slow(store, begun, checked))).port());
    CompletableFuture<Revision> proposed = client.propose(set(1, "b"));
    assertThat(begun.await(15, SECONDS)).isTrue();

    Revision read = get(client.read("job"));
    checked.countDown();

    assertThat(read.version()).isEqualTo(1);
    assertThat(get(proposed).version()).isEqualTo(2);
  }

  @Test
  void repeatsAProposalWhoseAnswerWasLostWithoutDoingItTwice() throws Exception {
    RegisterStore store = open(TestNode.store());
    Front live = open(node.front(store));
    Front mute = open(node.front(Faulty.mute(store)));

    expectWritesThrough(store, mute.port(), live.port());
  }

  private void expectWritesThrough(RegisterStore store, Integer... ports) throws Exception {
    for (int i = 0; i < CLIENTS; i++) {
      HttpStore client = client(ports);
      assertThat(get(client.propose(set(i, "a: " + i))).version()).isEqualTo(i + 1);
      assertThat(get(client.read("job")).content()).contains("a: " + i);
    }
    assertThat(get(store.history("job", 1, 100))).hasSize(CLIENTS);
  }

  @Test
  void saysThatNothingHappenedWhenNoNodeWasReached() throws Exception {
    HttpStore client = client(Duration.ofSeconds(1), deadPort(), deadPort());
    long started = System.nanoTime();

    assertThatThrownBy(() -> get(client.propose(set(0, "a: 1"))))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("attempts");
    assertThat(since(started)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void saysThatTheOutcomeIsUnknownOnlyWhenItsTimeEndsSo() throws Exception {
    RegisterStore store = open(TestNode.store());
    Front mute = open(node.front(Faulty.mute(store)));
    HttpStore client = client(Duration.ofSeconds(2), mute.port());
    long started = System.nanoTime();

    assertThatThrownBy(() -> get(client.propose(set(0, "a: 1"))))
        .isInstanceOf(StoreException.OutcomeUnknown.class);
    assertThat(since(started)).isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(10));
    assertThatThrownBy(() -> get(client.read("job")))
        .isInstanceOf(StoreException.Unavailable.class);
    await().until(() -> store.jobs().join().contains("job"));
    assertThat(get(store.read("job")).version()).isEqualTo(1);
  }

  @Test
  void doesNotCallAnOpenProposalInvalid() throws Exception {
    RegisterStore store = open(TestNode.store());
    RegisterStore strict = open(TestNode.store());
    Front mute = open(node.front(Faulty.mute(store)));
    Front refusing = open(node.front(strict));

    for (int i = 0; i < CLIENTS; i++) {
      String job = "job" + i;
      get(strict.registerSchema(job, "{\"type\": \"array\"}"));
      Throwable refusal = refusal(client(mute.port(), refusing.port()), job);
      boolean done = store.jobs().join().contains(job);

      assertThat(refusal)
          .isInstanceOf(
              done
                  ? StoreException.OutcomeUnknown.class
                  : StoreException.InvalidConfiguration.class);
    }
  }

  private static Throwable refusal(HttpStore client, String job) {
    return catchThrowable(
        () -> get(client.propose(Proposal.of(job, 0, new Change.Set("a: 1"), "ann", ""))));
  }

  @Test
  void goesOnWhenItsNodeComesBackOnTheSamePort() throws Exception {
    RegisterStore store = open(TestNode.store());
    Front first = node.front(store);
    HttpStore client = client(first.port());
    get(client.propose(set(0, "a: 1")));
    first.close();

    CompletableFuture<Revision> waiting = client.propose(set(1, "a: 2"));
    open(node.front(store, node.settings(first.port())));

    assertThat(get(waiting).version()).isEqualTo(2);
  }

  @Test
  void keepsAFaultOfANodeToThatNode() throws Exception {
    RegisterStore store = open(TestNode.store());
    Front broken = open(node.front(Faulty.broken(store)));
    // Time for many attempts, of which one must be answered, however slow the machine is.
    HttpStore client =
        open(
            new HttpStore(
                node.client(Role.ADMIN, broken.port())
                    .withAttemptLimit(Duration.ofSeconds(3))
                    .withCallLimit(Duration.ofSeconds(3))));

    assertThatThrownBy(() -> get(client.read("job")))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("its log says more")
        .hasMessageNotContaining("secret");
  }

  @Test
  void saysThatItsTokenIsNotKnown() throws Exception {
    RegisterStore store = open(TestNode.store());
    HttpStoreSettings known = node.client(Role.READ, open(node.front(store)).port());
    HttpStore client =
        open(new HttpStore(HttpStoreSettings.of(known.nodes(), known.tls(), "another")));

    assertThatThrownBy(() -> get(client.propose(set(0, "a"))))
        .isInstanceOf(StoreException.AccessDenied.class)
        .hasMessageContaining("the token is not known");
  }

  @Test
  void findsRoomWhereSilentConnectionsHadTakenAll() throws Exception {
    RegisterStore store = open(TestNode.store());
    FrontLimits few =
        new FrontLimits(
            1_000, 8_000, 8, 10, Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofSeconds(9));
    Front front = open(node.front(store, node.settings(0).withLimits(few)));
    openSilently(front, 4);
    assertThat(get(client(front.port()).jobs())).as("behind them").isEmpty();
    openSilently(front, 4);

    CompletableFuture<List<String>> jobs = client(Duration.ofSeconds(60), front.port()).jobs();

    assertThat(jobs.get(90, SECONDS)).isEmpty();
  }

  private void openSilently(Front front, int connections) throws IOException {
    for (int i = 0; i < connections; i++) {
      open(new Socket(InetAddress.getLoopbackAddress(), front.port()));
    }
  }

  @Test
  void refusesCallsBeyondItsBound() throws Exception {
    SilentServer silent = open(new SilentServer());
    HttpStoreSettings settings = node.client(Role.READ, silent.port());
    HttpStore client =
        open(
            new HttpStore(
                new HttpStoreSettings(
                    settings.nodes(),
                    settings.tls(),
                    settings.token(),
                    settings.attemptLimit(),
                    settings.callLimit(),
                    2)));
    CompletableFuture<Revision> one = client.read("job");
    CompletableFuture<Revision> two = client.read("job");

    assertThatThrownBy(() -> get(client.read("job")))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("2 calls wait already");
    assertThat(one).isNotDone();
    assertThat(two).isNotDone();
  }

  @Test
  void endsItsCallsAndItsThreadsWhenItIsClosed() throws Exception {
    RegisterStore store = open(TestNode.store());
    Front mute = open(node.front(Faulty.mute(store)));
    long before = clientThreads();
    CompletableFuture<Revision> read = closedWhileReading(mute.port());

    assertThatThrownBy(() -> get(read)).isInstanceOf(StoreException.Unavailable.class);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(clientThreads()).isLessThanOrEqualTo(before);
            });
  }

  /** On machines with one or two processors, where Java's own pool starts one for each task. */
  @Test
  void startsNoThreadForACall() throws Exception {
    RegisterStore store = open(TestNode.store());
    HttpStore client = client(open(node.front(store)).port());
    get(client.propose(set(0, "a")));
    long before = startedThreads();

    for (int i = 0; i < CALLS; i++) {
      get(client.read("job"));
    }

    assertThat(startedThreads() - before).isLessThan(CALLS / 2);
  }

  private static long startedThreads() {
    return ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
  }

  private CompletableFuture<Revision> closedWhileReading(int port) throws Exception {
    try (HttpStore client = node.connect(Role.READ, port)) {
      CompletableFuture<Revision> read = client.read("job");
      assertThat(clientThreads()).isGreaterThan(0);
      return read;
    }
  }

  private static long clientThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("weir-store-.*|HttpClient-.*"))
        .count();
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static Proposal set(long expected, String document) {
    return Proposal.of("job", expected, new Change.Set(document), "ann", "");
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    try {
      return future.get(15, SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StoreException refusal ? refusal : e;
    }
  }
}
