package io.weir.consensus.server.peers;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One connection: a thread that reads, which is the one in {@link #run}, and one that writes what
 * was queued, as much as there is in one go. {@link #send} never blocks.
 */
final class Link implements AutoCloseable {

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int MAX_FRAMES = 8_192;
  private static final long MAX_BYTES = 32L << 20;

  private final Socket plain;
  private final BlockingQueue<Frame> queue = new LinkedBlockingQueue<>(MAX_FRAMES);
  private final AtomicLong queuedBytes = new AtomicLong();
  private volatile long lastReadNanos = System.nanoTime();
  private volatile @Nullable Thread writer;
  private volatile boolean closed;

  /**
   * @param plain connected by the time of {@link #run}
   */
  Link(Socket plain) {
    this.plain = plain;
  }

  /** How the first words are exchanged. */
  interface Opening {
    void exchange(DataInputStream in, DataOutputStream out) throws IOException;
  }

  /** Makes TLS, exchanges the first words, hands on what comes, until the connection ends. */
  void run(PeerSettings settings, boolean asClient, Opening opening, Consumer<Frame> received)
      throws IOException {
    plain.setTcpNoDelay(true);
    plain.setSoTimeout(settings.limitMillis());
    Socket socket = secured(settings.tls(), asClient);
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
    DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES));
    opening.exchange(in, out);
    plain.setSoTimeout(0);
    startWriter(out);
    while (!closed) {
      Frame frame = Frame.read(in);
      lastReadNanos = System.nanoTime();
      received.accept(frame);
    }
  }

  private Socket secured(@Nullable SSLContext tls, boolean asClient) throws IOException {
    if (tls == null) {
      return plain;
    }
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

  private void startWriter(DataOutputStream out) {
    Thread thread = new Thread(() -> write(out), Thread.currentThread().getName() + "-writer");
    thread.setDaemon(true);
    writer = thread;
    thread.start();
  }

  private void write(DataOutputStream out) {
    try {
      while (!closed) {
        for (Frame frame = queue.take(); frame != null; frame = queue.poll()) {
          queuedBytes.addAndGet(-frame.content().length);
          frame.write(out);
        }
        out.flush();
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      close(); // the reader ends with it, and says so
    }
  }

  /** Queues a frame; false when the other side does not take what is queued already. */
  boolean send(Frame frame) {
    int bytes = frame.content().length;
    if (closed || queuedBytes.addAndGet(bytes) > MAX_BYTES || !queue.offer(frame)) {
      queuedBytes.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  long silentNanos() {
    return System.nanoTime() - lastReadNanos;
  }

  /** Without a farewell: that could wait for a node that does not read. */
  @Override
  public void close() {
    closed = true;
    try {
      plain.close();
    } catch (IOException e) {
      // It is as closed as it can be.
    }
    Thread thread = writer;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
