package io.weir.consensus.server.peers;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One connection, read by the thread in {@link #run}, and written by whoever sends, without
 * blocking: to wake another thread for it would take longer than the writing. While one writes,
 * others leave it their frames, and all there are go in one go.
 */
final class Link implements AutoCloseable {

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final long MAX_BYTES = 32L << 20;

  /** What a frame counts for beside its content, so that there is a limit to small ones, too. */
  private static final int FRAME_BYTES = 1024;

  private final Queue<Frame> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final Semaphore turn = new Semaphore(1);
  private volatile long lastReadNanos = System.nanoTime();
  private volatile @Nullable SocketChannel channel;
  private volatile @Nullable LineSocket socket;
  private volatile @Nullable DataOutputStream out;
  private volatile boolean closed;

  /** How the first words are exchanged. */
  interface Opening {
    void exchange(DataInputStream in, DataOutputStream out) throws IOException;
  }

  /** Takes what comes, on the thread that reads. */
  interface Receiver {
    void received(Frame frame);

    /** All that had come was handed on. */
    void rest();
  }

  /** Closes this with the link, even before it is connected. */
  void attach(SocketChannel made) {
    channel = made;
    closeAgainIfClosed();
  }

  /** What was closed meanwhile could not close what it did not know. */
  private void closeAgainIfClosed() {
    if (closed) {
      close();
    }
  }

  /** Makes TLS, exchanges the first words, hands on what comes, until the connection ends. */
  void run(
      SocketChannel connected,
      PeerSettings settings,
      boolean asClient,
      Opening opening,
      Receiver receiver)
      throws IOException {
    LineSocket plain = new LineSocket(connected);
    socket = plain;
    closeAgainIfClosed();
    plain.setTcpNoDelay(true);
    plain.setSoTimeout(settings.limitMillis());
    SSLContext tls = settings.tls();
    Socket secured = tls == null ? plain : secured(plain, tls, asClient);
    FrameInput buffer = new FrameInput(secured.getInputStream());
    DataInputStream in = new DataInputStream(buffer);
    DataOutputStream made =
        new DataOutputStream(new BufferedOutputStream(secured.getOutputStream(), BUFFER_BYTES));
    opening.exchange(in, made);
    plain.setSoTimeout(0);
    out = made;
    flush();
    read(buffer, in, receiver);
  }

  private void read(FrameInput buffer, DataInputStream in, Receiver receiver) throws IOException {
    while (!closed) {
      Frame frame = Frame.read(in);
      lastReadNanos = System.nanoTime();
      receiver.received(frame);
      if (!buffer.hasFrame()) {
        receiver.rest();
        ReadingThread.sendHeld();
      }
    }
  }

  private static SSLSocket secured(LineSocket plain, SSLContext tls, boolean asClient)
      throws IOException {
    SSLSocket socket =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(
                    plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
    socket.setUseClientMode(asClient);
    if (!asClient) {
      socket.setNeedClientAuth(true);
    }
    socket.startHandshake();
    return socket;
  }

  /**
   * Sends a frame, or leaves it for {@link #flush}; false when the other side does not take what
   * was sent already.
   */
  boolean queue(Frame frame) {
    LineSocket opened = socket;
    long waiting = opened == null ? 0 : opened.waitingBytes();
    if (queuedBytes.addAndGet(bytes(frame)) + waiting > MAX_BYTES || closed) {
      queuedBytes.addAndGet(-bytes(frame));
      return false;
    }
    return queue.add(frame);
  }

  private static int bytes(Frame frame) {
    return FRAME_BYTES + frame.content().length;
  }

  /** The same, and sends it; or {@link ReadingThread} does. */
  boolean send(Frame frame) {
    boolean queued = queue(frame);
    if (queued && !ReadingThread.holds(this)) {
      flush();
    }
    return queued;
  }

  /** Sends all that is queued, once the connection is made. */
  void flush() {
    DataOutputStream opened = out;
    while (opened != null && !closed && !queue.isEmpty() && turn.tryAcquire()) {
      try {
        write(opened);
      } catch (IOException | RuntimeException e) {
        close(); // the reader ends with it, and says so
      } finally {
        turn.release();
      }
    }
  }

  private void write(DataOutputStream to) throws IOException {
    for (Frame frame = queue.poll(); frame != null; frame = queue.poll()) {
      queuedBytes.addAndGet(-bytes(frame));
      frame.write(to);
    }
    to.flush();
  }

  /** Whether the first words were exchanged. */
  boolean isOpen() {
    return out != null;
  }

  long silentNanos() {
    return System.nanoTime() - lastReadNanos;
  }

  /** Without a farewell: that could wait for a node that does not read. */
  @Override
  public void close() {
    closed = true;
    SocketChannel attached = channel;
    LineSocket opened = socket;
    try {
      if (attached != null) {
        attached.close();
      }
      if (opened != null) {
        opened.close();
      }
    } catch (IOException e) {
      // It is as closed as it can be.
    }
  }
}
