package io.weir.consensus.server.front.stream;

import io.weir.consensus.StoreException;
import io.weir.consensus.http.envelope.Envelope;
import io.weir.consensus.http.envelope.EnvelopeReader;
import io.weir.consensus.server.endpoints.HttpAnswer;
import io.weir.consensus.server.front.admission.FrontLimits;
import io.weir.consensus.server.front.admission.Problems;
import io.weir.consensus.server.front.admission.Reception;
import io.weir.consensus.server.front.admission.Visitor;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that brings requests as {@linkplain Envelope envelopes}; each is judged and answered
 * like one by itself. Reads no further while there is much to answer, or to be taken by the client.
 *
 * <p>Requests without a body are answered by the thread that reads them, others by the executor.
 */
// Jetty calls onOpen before anything else.
@SuppressWarnings("NullAway.Init")
final class RequestStream implements FrameHandler {

  private static final Logger LOG = LoggerFactory.getLogger(RequestStream.class);

  /** Requests under way. */
  private static final int MAX_OPEN = 1_024;

  /** Of their bodies. */
  private static final long MAX_BODY_BYTES = 4 << 20;

  /** Of answers that the client has not taken. */
  private static final long MAX_QUEUED_BYTES = 4 << 20;

  /** The same, where requests that were read before have the largest answers. */
  private static final long MAX_ANSWER_BYTES = 16 << 20;

  /** Requests that one task of the executor answers. */
  private static final int TOGETHER = 16;

  private final Reception reception;
  private final Visitor visitor;
  private final Executor executor;
  private final Consumer<RequestStream> opening;
  private final EnvelopeReader reader;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private CoreSession session;
  private Answers answers;

  // Of what one piece of input has brought; for the thread that reads.
  private final List<StreamRequest> withBody = new ArrayList<>();

  // Under the lock of this: what follows.
  private int open;
  private long bodyBytes;
  private boolean demanded;
  private boolean finishing;

  /**
   * @param opening gets this when the connection is open
   */
  RequestStream(
      Reception reception,
      Visitor visitor,
      FrontLimits limits,
      Executor executor,
      Consumer<RequestStream> opening) {
    this.reception = reception;
    this.visitor = visitor;
    this.executor = executor;
    this.opening = opening;
    this.reader = new EnvelopeReader(limits.headerBytes(), limits.bodyBytes());
  }

  /** Done when the connection is closed. */
  CompletableFuture<Void> end() {
    return end;
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    session = opened;
    answers = new Answers(opened, executor, this::proceed);
    opening.accept(this);
    callback.succeeded();
    proceed();
  }

  private void proceed() {
    proceed(0, 0);
  }

  /**
   * Reads on if there is room, or ends if it is time.
   *
   * @param answered requests whose answers are on their way
   * @param bytes of their bodies
   */
  private void proceed(int answered, int bytes) {
    boolean demand;
    boolean over;
    synchronized (this) {
      open -= answered;
      bodyBytes -= bytes;
      demand = !demanded && hasRoom();
      demanded |= demand;
      over = finishing && open == 0 && answers.bytes() == 0;
    }
    if (over) {
      session.close(CloseStatus.SHUTDOWN, "this node stops", Callback.NOOP);
    }
    if (demand) {
      session.demand();
    }
  }

  private boolean hasRoom() {
    return open < MAX_OPEN && bodyBytes < MAX_BODY_BYTES && answers.bytes() < MAX_QUEUED_BYTES;
  }

  /** Refuses what still comes, and ends the connection when the last answer is sent. */
  void finish() {
    synchronized (this) {
      finishing = true;
    }
    if (answers != null) {
      proceed();
    }
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    synchronized (this) {
      demanded = false;
    }
    switch (frame.getOpCode()) {
      case OpCode.BINARY, OpCode.CONTINUATION -> read(frame.getPayload());
      case OpCode.PING -> pong(frame.getPayload());
      case OpCode.TEXT -> session.close(CloseStatus.BAD_DATA, "no text, please", Callback.NOOP);
      default -> {}
    }
    callback.succeeded();
    if (frame.getOpCode() != OpCode.CLOSE && frame.getOpCode() != OpCode.PING) {
      proceed();
    }
  }

  /** Reads on when it is sent: who sends pings and reads nothing is not to fill the memory. */
  private void pong(ByteBuffer payload) {
    byte[] same = new byte[payload.remaining()];
    payload.get(same);
    session.sendFrame(
        new Frame(OpCode.PONG, ByteBuffer.wrap(same)), Callback.from(this::proceed), false);
  }

  private void read(ByteBuffer payload) {
    try {
      reader.read(payload, this::take);
    } catch (ProtocolException e) {
      session.close(CloseStatus.PROTOCOL, e.getMessage(), Callback.NOOP);
    }
    for (int i = 0; i < withBody.size(); i += TOGETHER) {
      List<StreamRequest> some =
          List.copyOf(withBody.subList(i, Math.min(i + TOGETHER, withBody.size())));
      executor.execute(() -> some.forEach(this::answer));
    }
    withBody.clear();
  }

  private void take(Envelope envelope) {
    StreamRequest request = StreamRequest.of(envelope, reception, visitor);
    boolean refused;
    synchronized (this) {
      open++;
      bodyBytes += request.body().length;
      refused = finishing;
    }
    if (refused) {
      reply(request, Problems.of(new StoreException.Unavailable("this node stops")));
    } else if (request.admission().refusal().isPresent()) {
      reply(request, request.admission().refusal().get());
    } else if (request.admission().hasBody()) {
      withBody.add(request);
    } else {
      answer(request);
    }
  }

  private void answer(StreamRequest request) {
    CompletableFuture<?> unused =
        reception
            .answer(request.admission(), request.query(), request.body())
            .thenAccept(answer -> reply(request, answer));
  }

  private void reply(StreamRequest request, HttpAnswer answer) {
    boolean fits = answers.bytes() + answer.body().length <= MAX_ANSWER_BYTES;
    HttpAnswer given = fits ? answer : Problems.notTaken(request.admission().hasBody());
    reception.answered(request.admission(), given, request.beganNanos());
    boolean more;
    synchronized (this) {
      more = open > 1;
    }
    answers.send(request.envelope(given), more);
    proceed(1, request.body().length);
  }

  @Override
  public void onError(Throwable failure, Callback callback) {
    LOG.debug("A connection broke", failure);
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    end.complete(null);
    callback.succeeded();
  }
}
