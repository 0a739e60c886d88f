package io.weir.consensus.server.front.stream;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * The way back of a {@link RequestStream}: what is ready while something is being written leaves
 * together, in one message. Thread-safe; never blocks.
 */
final class Answers {

  /** Of a message; a larger answer goes by itself. */
  private static final int MAX_MESSAGE = 64 * 1024;

  private final CoreSession session;
  private final Executor executor;
  private final Runnable written;

  // Under the lock of this: what follows.
  private final Queue<byte[]> queue = new ArrayDeque<>();
  private long bytes;
  private boolean writing;
  private boolean broken;

  /**
   * @param written is called whenever all is written, or nothing more can be
   */
  Answers(CoreSession session, Executor executor, Runnable written) {
    this.session = session;
    this.executor = executor;
    this.written = written;
  }

  /**
   * Sends an answer.
   *
   * @param more whether others are about to follow, so that it pays to wake a thread that takes
   *     them all; otherwise the caller writes
   */
  void send(byte[] envelope, boolean more) {
    synchronized (this) {
      if (broken) {
        return;
      }
      queue.add(envelope);
      bytes += envelope.length;
      if (writing) {
        return;
      }
      writing = true;
    }
    if (more) {
      executor.execute(this::write);
    } else {
      write();
    }
  }

  /** Bytes that the client has not taken. */
  synchronized long bytes() {
    return bytes;
  }

  private void write() {
    ByteBuffer message = next();
    if (message == null) {
      written.run();
    } else {
      session.sendFrame(
          new Frame(OpCode.BINARY, message), Callback.from(this::write, this::fail), false);
    }
  }

  private synchronized @Nullable ByteBuffer next() {
    byte[] first = queue.peek();
    if (first == null) {
      writing = false;
      return null;
    }
    Queue<byte[]> parts = new ArrayDeque<>();
    int size = 0;
    for (byte[] part = first;
        part != null && (size == 0 || size + part.length <= MAX_MESSAGE);
        part = queue.peek()) {
      parts.add(queue.remove());
      size += part.length;
    }
    bytes -= size;
    ByteBuffer message = ByteBuffer.allocate(size);
    parts.forEach(message::put);
    return message.flip();
  }

  private void fail(Throwable failure) {
    synchronized (this) {
      broken = true;
      queue.clear();
      bytes = 0;
    }
    written.run();
  }
}
