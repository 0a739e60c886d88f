package io.weir.consensus.server.front.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.Change;
import io.weir.consensus.Proposal;
import io.weir.consensus.http.envelope.Envelope;
import io.weir.consensus.log.LogStatus;
import io.weir.consensus.server.access.Role;
import io.weir.consensus.server.access.Token;
import io.weir.consensus.server.access.Tokens;
import io.weir.consensus.server.endpoints.Endpoints;
import io.weir.consensus.server.endpoints.NodeMetrics;
import io.weir.consensus.server.front.TestNode;
import io.weir.consensus.server.front.admission.FrontLimits;
import io.weir.consensus.server.front.admission.Reception;
import io.weir.consensus.store.RegisterStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One thread does everything, so that each step has ended when the next begins. */
class RequestStreamTest {

  private static final String READER = "a token that may read";
  private static final String CHECK = "POST /v1/jobs/job/check";
  private static final int MAX_BODY = 100_000;
  private static final FrontLimits LIMITS =
      new FrontLimits(
          MAX_BODY,
          1_000,
          1,
          10,
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60));
  private static final LogStatus STATUS = new LogStatus("n1", "leader", "n1", 1, 1, 1, List.of());

  private final RegisterStore store = TestNode.store();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Session session = new Session();
  private final NodeMetrics metrics = new NodeMetrics(() -> STATUS);
  private final Endpoints endpoints =
      new Endpoints(store, () -> STATUS, metrics, Runnable::run, LIMITS.watchers());

  /** What Jetty would be to the stream. Writing takes until {@link #taken}. */
  private static final class Session extends CoreSession.Empty {
    private final StringBuilder sent = new StringBuilder();
    private final Queue<Callback> writing = new ArrayDeque<>();
    private boolean demanding;
    private int closed;

    @Override
    public void demand() {
      assertThat(demanding).isFalse();
      demanding = true;
    }

    @Override
    public void sendFrame(Frame frame, Callback callback, boolean batch) {
      sent.append(frame.getOpCode() == OpCode.BINARY ? "" : "<" + frame.getOpCode() + ">");
      sent.append(UTF_8.decode(frame.getPayload()));
      writing.add(callback);
    }

    @Override
    public void close(int status, @Nullable String reason, Callback callback) {
      closed = status;
      sent.append("<").append(reason).append(">");
    }

    void taken() {
      for (Callback next = writing.poll(); next != null; next = writing.poll()) {
        next.succeeded();
      }
    }

    String sent() {
      String all = sent.toString();
      sent.setLength(0);
      return all;
    }
  }

  @BeforeEach
  void propose() {
    store.propose(Proposal.of("job", 0, new Change.Set("a: " + "x".repeat(900)), "ann", "")).join();
  }

  @AfterEach
  void close() {
    endpoints.close();
    store.close();
  }

  private RequestStream stream(@Nullable String token) {
    RequestStream stream = stream(token, opened -> {});
    stream.onOpen(session, Callback.NOOP);
    return stream;
  }

  private RequestStream stream(@Nullable String token, Consumer<RequestStream> opening) {
    Tokens tokens = new Tokens(List.of(new Token("reader", Role.READ, Tokens.hash(READER))));
    Reception reception = new Reception(endpoints.routes(), tokens, metrics, LIMITS);
    return new RequestStream(
        reception,
        reception.visitor(token == null ? null : "Bearer " + token),
        LIMITS,
        tasks::add,
        opening);
  }

  /** What was agreed on with the client may fail behind it, and nobody would hear of its end. */
  @Test
  void isHeardOfWhenItIsOpen() {
    List<RequestStream> open = new ArrayList<>();

    RequestStream stream = stream(READER, open::add);
    assertThat(open).isEmpty();
    stream.onOpen(session, Callback.NOOP);

    assertThat(open).containsExactly(stream);
  }

  private void receive(RequestStream stream, byte opCode, byte[] bytes) {
    assertThat(session.demanding).isTrue();
    session.demanding = false;
    stream.onFrame(new Frame(opCode, ByteBuffer.wrap(bytes)), Callback.NOOP);
  }

  private void send(RequestStream stream, byte opCode, byte[] bytes) {
    receive(stream, opCode, bytes);
    work();
  }

  private void work() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private static byte[] request(long number, String subject, String body) {
    return Envelope.encode(number, subject, body.getBytes(UTF_8));
  }

  @Test
  void judgesEachRequestAsIfItCameByItself() {
    RequestStream stream = stream(READER);

    send(stream, OpCode.BINARY, request(1, "GET /v1/jobs/job/schema", ""));
    session.taken();
    send(stream, OpCode.BINARY, request(2, "PUT /v1/jobs/job", "{}"));
    session.taken();
    send(stream, OpCode.BINARY, request(3, "GET /v1/nowhere", ""));
    session.taken();
    send(stream, OpCode.BINARY, request(4, "GET /v1/jobs/job?consistency=%zz", ""));
    session.taken();
    send(stream, OpCode.BINARY, request(5, CHECK, "x".repeat(MAX_BODY + 1)));
    session.taken();
    send(stream, OpCode.BINARY, request(6, CHECK, "{"));
    session.taken();

    assertThat(session.sent())
        .contains("1 200 15\n{\"schema\":null}")
        .contains("2 403 ", "forbidden")
        .contains("3 404 ", "unknown_path")
        .contains("4 400 ", "the query is not well formed")
        .contains("5 413 ", "the body has 100001 bytes; at most 100000 are allowed")
        .contains("6 400 ", "invalid_request");
    assertThat(session.closed).isZero();
  }

  @Test
  void saysWhyItTakesNoToken() {
    RequestStream stream = stream("another");

    send(stream, OpCode.BINARY, request(1, "GET /v1/jobs", ""));

    assertThat(session.sent()).startsWith("1 401 ").contains("the token is not known");
  }

  @Test
  void sendsTogetherWhatBecomesReadyWhileTheClientIsNotReading() {
    RequestStream stream = stream(READER);
    send(stream, OpCode.BINARY, request(1, "GET /v1/jobs", ""));
    session.sent();

    send(stream, OpCode.BINARY, request(2, "GET /v1/jobs", ""));
    send(stream, OpCode.CONTINUATION, request(3, "GET /v1/jobs", ""));
    assertThat(session.sent()).isEmpty();
    session.taken();

    assertThat(session.sent()).startsWith("2 200 ").contains("3 200 ");
  }

  @Test
  void readsNoFurtherWhileAnswersAreNotTaken() {
    RequestStream stream = stream(READER);
    int sent = 0;
    while (session.demanding) {
      send(stream, OpCode.BINARY, request(++sent, "GET /v1/jobs/job", ""));
    }

    assertThat(sent).isBetween(1_000, 8_000);
    for (int taken = 0; taken < sent; taken++) {
      session.taken();
    }
    assertThat(session.demanding).isTrue();
    assertThat(session.sent()).contains(sent + " 200 ");
  }

  @Test
  void readsNoFurtherWhileTheBodiesOfWhatIsUnderWayAreLarge() {
    RequestStream stream = stream(READER);
    Queue<Runnable> unanswered = new ArrayDeque<>();
    int sent = 0;
    while (session.demanding) {
      receive(stream, OpCode.BINARY, request(++sent, CHECK, "x".repeat(MAX_BODY)));
      unanswered.addAll(tasks);
      tasks.clear();
    }

    assertThat(sent).isEqualTo((4 << 20) / MAX_BODY + 1);
    unanswered.forEach(Runnable::run);
    work();
    session.taken();
    assertThat(session.demanding).isTrue();
    assertThat(session.sent()).contains(sent + " 400 ");
  }

  /** What one piece brings may ask for more than there is memory. */
  @Test
  void refusesWhatIsMoreThanTheClientReads() {
    RequestStream stream = stream(READER);
    int asked = 25_000;
    StringBuilder row = new StringBuilder();
    for (int number = 1; number <= asked; number++) {
      row.append(number).append(" GET /v1/jobs/job 0\n");
    }

    send(stream, OpCode.BINARY, row.toString().getBytes(UTF_8));
    for (int taken = 0; taken < asked; taken++) {
      session.taken();
    }

    String sent = session.sent();
    assertThat(sent.length()).isBetween(16 << 20, 20 << 20);
    assertThat(sent).contains("1 200 ", asked + " 503 ", "answers that were not read");
  }

  @Test
  void answersPings() {
    RequestStream stream = stream(READER);

    send(stream, OpCode.PING, "still there?".getBytes(UTF_8));

    assertThat(session.sent()).isEqualTo("<" + OpCode.PONG + ">still there?");
    assertThat(session.demanding).as("before it is taken").isFalse();
    session.taken();
    assertThat(session.demanding).isTrue();
  }

  @Test
  void endsWhereSomethingElseComes() {
    send(stream(READER), OpCode.BINARY, "GET /v1/jobs HTTP/1.1\r\n".getBytes(UTF_8));
    assertThat(session.closed).isEqualTo(CloseStatus.PROTOCOL);
    assertThat(session.sent()).contains("'GET' is no number");

    session.demanding = false;
    send(stream(READER), OpCode.TEXT, "1 GET /v1/jobs 0\n".getBytes(UTF_8));
    assertThat(session.closed).isEqualTo(CloseStatus.BAD_DATA);
  }

  @Test
  void refusesWhatComesAfterItsEndBeganAndEndsWhenAllIsSent() {
    RequestStream stream = stream(READER);
    send(stream, OpCode.BINARY, request(1, "GET /v1/jobs/job/watch?from=2&wait_ms=30000", ""));

    stream.finish();
    send(stream, OpCode.BINARY, request(2, "GET /v1/jobs", ""));
    assertThat(session.sent()).startsWith("2 503 ").contains("this node stops");
    assertThat(session.closed).isZero();
    endpoints.close();
    session.taken();
    session.taken();

    assertThat(session.sent()).startsWith("1 503 ");
    assertThat(session.closed).isEqualTo(CloseStatus.SHUTDOWN);
  }
}
