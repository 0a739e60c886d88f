package io.weir.consensus.server.peers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeersTest {

  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.add(resource);
    return resource;
  }

  private static String freeAddress() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + socket.getLocalPort();
    }
  }

  private Peers peers(String cluster, String address, Duration limit) throws IOException {
    Peers peers = open(new Peers(new PeerSettings(cluster, address, limit, null)));
    peers.start();
    return peers;
  }

  private Peers peers(String address) throws IOException {
    return peers("one", address, Duration.ofSeconds(20));
  }

  private static CompletableFuture<byte[]> echo(byte[] question) {
    return CompletableFuture.completedFuture(question);
  }

  private static String ask(Peers from, String to, String text) throws Exception {
    return new String(from.ask(to, "echo", text.getBytes(UTF_8)).get(60, TimeUnit.SECONDS), UTF_8);
  }

  @Test
  void bringsEveryQuestionInOrderAndEveryAnswerToItsQuestion() throws Exception {
    String there = freeAddress();
    List<String> seen = new CopyOnWriteArrayList<>();
    peers(there)
        .answer(
            "echo",
            question -> {
              seen.add(new String(question, UTF_8));
              return CompletableFuture.supplyAsync(() -> question);
            });
    Peers here = peers(freeAddress());

    List<CompletableFuture<byte[]>> answers = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      asked.add("number " + i);
      answers.add(here.ask(there, "echo", asked.get(i).getBytes(UTF_8)));
    }

    for (int i = 0; i < asked.size(); i++) {
      assertThat(answers.get(i).get(60, TimeUnit.SECONDS)).asString(UTF_8).isEqualTo(asked.get(i));
    }
    assertThat(seen).isEqualTo(asked);
  }

  @Test
  void answersItselfWithoutAConnection() throws Exception {
    String here = freeAddress();
    Peers peers = open(new Peers(new PeerSettings("one", here, LIMIT, null)));
    peers.answer("echo", PeersTest::echo);

    assertThat(ask(peers, here, "hello")).isEqualTo("hello");
  }

  @Test
  void refusesANodeOfAnotherClusterAndSaysSo() throws Exception {
    String there = freeAddress();
    Peers one = peers(there);
    List<byte[]> heard = new CopyOnWriteArrayList<>();
    one.answer(
        "echo",
        question -> {
          heard.add(question);
          return echo(question);
        });
    Peers stranger = peers("two", freeAddress(), Duration.ofSeconds(20));

    assertThatThrownBy(() -> ask(stranger, there, "hello"))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(PeerFailure.class)
        .hasMessageContaining("this node is of cluster 'one', not of 'two'");
    assertThat(heard).isEmpty();
    assertThat(ask(peers(freeAddress()), there, "hello")).isEqualTo("hello");
  }

  /** Cluster names with the same hash, which is all that Atomix's messaging compares. */
  @Test
  void tellsNamesApartThatHaveTheSameHash() throws Exception {
    String there = freeAddress();
    peers("Aa", there, Duration.ofSeconds(20)).answer("echo", PeersTest::echo);

    assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
    assertThatThrownBy(() -> ask(peers("BB", freeAddress(), Duration.ofSeconds(20)), there, "x"))
        .hasMessageContaining("not of 'BB'");
  }

  @Test
  void saysAtOnceThatANodeIsDownAndFindsItWhenItIsBack() throws Exception {
    String there = freeAddress();
    Peers here = peers(freeAddress());

    assertThatThrownBy(() -> ask(here, there, "hello")).hasCauseInstanceOf(PeerFailure.class);
    peers(there).answer("echo", PeersTest::echo);

    await().ignoreExceptions().until(() -> ask(here, there, "hello").equals("hello"));
  }

  @Test
  void failsWhatWaitsOnANodeThatDies() throws Exception {
    String there = freeAddress();
    Peers dying = peers(there);
    CompletableFuture<Void> asked = new CompletableFuture<>();
    dying.answer(
        "echo",
        question -> {
          asked.complete(null);
          return new CompletableFuture<>();
        });
    CompletableFuture<byte[]> waiting = peers(freeAddress()).ask(there, "echo", new byte[0]);
    asked.get(60, TimeUnit.SECONDS);

    dying.close();

    assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(PeerFailure.class);
  }

  /** What a node looks like that was killed, or stopped, while the connection was being made. */
  @Test
  void leavesAConnectionThatIsNeverMadeAndFindsTheNodeWhenItIsBack() throws Exception {
    String there = freeAddress();
    Peers here = peers("one", freeAddress(), LIMIT);
    try (ServerSocket silent = new ServerSocket()) {
      silent.bind(PeerSettings.parse(there));

      assertThatThrownBy(() -> here.ask(there, "echo", new byte[0]).get(20, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              ExecutionException.class,
              failure ->
                  assertThat(failure.getCause())
                      .isInstanceOfAny(TimeoutException.class, PeerFailure.class));
    }
    peers(there).answer("echo", PeersTest::echo);

    await().ignoreExceptions().until(() -> ask(here, there, "hello").equals("hello"));
  }

  @Test
  void leavesAConnectionWhoseOtherSideWentAwayDuringTheGreeting() throws Exception {
    String there = freeAddress();
    Peers here = peers("one", freeAddress(), LIMIT);
    try (ServerSocket half = new ServerSocket()) {
      half.bind(PeerSettings.parse(there));
      CompletableFuture<byte[]> asked = here.ask(there, "echo", new byte[0]);
      try (Socket accepted = half.accept()) {
        accepted.getInputStream().readNBytes(4);
      }

      assertThatThrownBy(() -> asked.get(20, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class);
    }
    peers(there).answer("echo", PeersTest::echo);

    await().ignoreExceptions().until(() -> ask(here, there, "hello").equals("hello"));
  }

  @Test
  void passesAFailureOnAsAFailure() throws Exception {
    String there = freeAddress();
    Peers failing = peers(there);
    failing.answer(
        "throws",
        question -> {
          throw new IllegalStateException("a fault");
        });
    Peers here = peers(freeAddress());

    assertThat(here.ask(there, "throws", new byte[0])).failsWithin(Duration.ofSeconds(30));
    assertThat(here.ask(there, "nobody", new byte[0])).failsWithin(Duration.ofSeconds(30));
    failing.answer("echo", PeersTest::echo);
    assertThat(ask(here, there, "still")).isEqualTo("still");
  }

  @Test
  void tellsANodeSomethingWithoutAnAnswer() throws Exception {
    String there = freeAddress();
    List<String> heard = new CopyOnWriteArrayList<>();
    peers(there)
        .answer(
            "word",
            word -> {
              heard.add(new String(word, UTF_8));
              return echo(word);
            });
    Peers here = peers(freeAddress());

    here.tell(there, "word", "first".getBytes(UTF_8));
    here.tell(there, "word", "second".getBytes(UTF_8));
    here.sendGathered(there);

    await().until(() -> heard.size() == 2);
    assertThat(heard).containsExactly("first", "second");
  }

  @Test
  void asksWhatWasGatheredWhenItIsToldTo() throws Exception {
    String there = freeAddress();
    peers(there).answer("echo", PeersTest::echo);
    Peers here = peers(freeAddress());
    assertThat(ask(here, there, "connected")).isEqualTo("connected");

    CompletableFuture<byte[]> first = here.gather(there, "echo", new byte[] {1});
    CompletableFuture<byte[]> second = here.gather(there, "echo", new byte[] {2});
    assertThat(first).isNotDone();
    here.sendGathered(there);

    assertThat(first.get(60, TimeUnit.SECONDS)).containsExactly(1);
    assertThat(second.get(60, TimeUnit.SECONDS)).containsExactly(2);
  }

  @Test
  void worksForAllThatCameTogetherBeforeItSendsTheAnswers() throws Exception {
    String there = freeAddress();
    List<CompletableFuture<byte[]>> asked = new CopyOnWriteArrayList<>();
    Peers answering = peers(there);
    answering.answer(
        "later",
        question -> {
          CompletableFuture<byte[]> answer = new CompletableFuture<>();
          asked.add(answer);
          return answer;
        });
    answering.whenRead(() -> asked.forEach(each -> each.complete(new byte[] {7})));
    Peers here = peers(freeAddress());

    List<CompletableFuture<byte[]>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answers.add(here.gather(there, "later", new byte[i * 500]));
    }
    here.sendGathered(there);

    for (CompletableFuture<byte[]> answer : answers) {
      assertThat(answer.get(60, TimeUnit.SECONDS)).containsExactly(7);
    }
  }

  /** As a node looks that was stopped: its connection is there, and takes nothing. */
  @Test
  void neverBlocksWhoeverAsksANodeThatReadsNothing() throws Exception {
    String there = freeAddress();
    Peers here = peers("one", freeAddress(), LIMIT);
    try (ServerSocket stopped = new ServerSocket()) {
      stopped.bind(PeerSettings.parse(there));
      CompletableFuture<byte[]> first = here.ask(there, "echo", new byte[0]);
      try (Socket accepted = stopped.accept()) {
        Greeting.receive(
            new DataInputStream(accepted.getInputStream()),
            new DataOutputStream(accepted.getOutputStream()),
            "one");

        CompletableFuture<byte[]> last = first;
        for (int i = 0; i < 400; i++) {
          last = here.ask(there, "echo", new byte[100_000]);
        }

        assertThat(first).failsWithin(Duration.ofSeconds(30));
        assertThat(last).failsWithin(Duration.ofSeconds(30));
      }
    }
    peers(there).answer("echo", PeersTest::echo);
    await().ignoreExceptions().until(() -> ask(here, there, "hello").equals("hello"));
  }

  /** The thread that reads writes, too, and may be the one that finds the connection broken. */
  @Test
  void findsANodeAgainWhoseConnectionBrokeWhileItsAnswerWasHandedOn() throws Exception {
    String there = freeAddress();
    Peers here = peers(freeAddress());
    try (ServerSocket dying = new ServerSocket()) {
      dying.bind(PeerSettings.parse(there));
      CountDownLatch handing = new CountDownLatch(1);
      CountDownLatch broken = new CountDownLatch(1);
      CompletableFuture<Void> handedOn =
          here.ask(there, "echo", new byte[0])
              .thenRun(handing::countDown)
              .thenRun(() -> tellAfter(broken, here, there));
      try (Socket accepted = dying.accept()) {
        DataInputStream in = new DataInputStream(accepted.getInputStream());
        DataOutputStream out = new DataOutputStream(accepted.getOutputStream());
        Greeting.receive(in, out, "one");
        new Frame(Frame.read(in).number(), Frame.Kind.ANSWER, "", new byte[0]).write(out);
        assertThat(handing.await(60, TimeUnit.SECONDS)).isTrue();
        accepted.setSoLinger(true, 0);
      }
      broken.countDown();
      handedOn.get(60, TimeUnit.SECONDS);
    }
    peers(there).answer("echo", PeersTest::echo);

    await().ignoreExceptions().until(() -> ask(here, there, "hello").equals("hello"));
  }

  /** By the thread that read the connection, which does nothing else behind that. */
  @Test
  void sendsWhatTheEndOfAnotherConnectionAnswers() throws Exception {
    String dying = freeAddress();
    String here = freeAddress();
    Peers between = peers(here);
    between.answer(
        "whether the other lives",
        question -> between.ask(dying, "echo", question).handle((answer, end) -> new byte[] {7}));
    try (ServerSocket other = new ServerSocket()) {
      other.bind(PeerSettings.parse(dying));
      CompletableFuture<byte[]> asked =
          peers(freeAddress()).ask(here, "whether the other lives", new byte[0]);
      try (Socket accepted = other.accept()) {
        DataInputStream in = new DataInputStream(accepted.getInputStream());
        Greeting.receive(in, new DataOutputStream(accepted.getOutputStream()), "one");
        Frame unused = Frame.read(in);
      }

      assertThat(asked.get(60, TimeUnit.SECONDS)).containsExactly(7);
    }
  }

  private static void tellAfter(CountDownLatch broken, Peers here, String there) {
    try {
      assertThat(broken.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    for (int i = 0; i < 10; i++) {
      here.tell(there, "word", new byte[0]);
      here.sendGathered(there);
    }
  }

  @Test
  void takesANodeWhereStrangersHaveTakenAllConnections() throws Exception {
    String there = freeAddress();
    peers(there).answer("echo", PeersTest::echo);
    Peers known = peers(freeAddress());
    assertThat(ask(known, there, "hello")).isEqualTo("hello");

    for (int i = 0; i < 200; i++) {
      Socket stranger = open(new Socket());
      stranger.connect(PeerSettings.parse(there));
    }

    assertThat(ask(peers(freeAddress()), there, "a new one")).isEqualTo("a new one");
    assertThat(ask(known, there, "still there")).isEqualTo("still there");
  }
}
