package io.weir.consensus.server.peers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A connection that is read like any other socket, by one thread, and whose output never blocks:
 * what the network does not take waits here, and the thread that reads sends it on. So TLS can lie
 * over it, and anybody may write.
 */
final class LineSocket extends Socket {

  /** Of one call: Java keeps a buffer of that size outside of its heap for each thread. */
  private static final int MAX_CALL_BYTES = 64 * 1024;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final InputStream input = new BufferedInputStream(new Input(), MAX_CALL_BYTES);
  private final Output output = new Output();
  private volatile int timeoutMillis;

  /**
   * @param channel connected
   */
  LineSocket(SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    this.selector = Selector.open();
    try {
      this.key = channel.register(selector, SelectionKey.OP_READ);
    } catch (IOException e) {
      selector.close();
      throw e;
    }
  }

  /** How many bytes the network has not taken yet. */
  long waitingBytes() {
    return output.waitingBytes.get();
  }

  private final class Input extends InputStream {

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer target = ByteBuffer.wrap(bytes, offset, Math.min(length, MAX_CALL_BYTES));
      long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
      if (output.waitingBytes.get() > 0) {
        output.sendWaiting(); // where there is always something to read, nothing is awaited
      }
      int read = read(target);
      while (read == 0 && length > 0) {
        await(limit);
        read = read(target);
      }
      return read;
    }

    private int read(ByteBuffer target) throws IOException {
      try {
        return channel.read(target);
      } catch (ClosedChannelException e) {
        throw closed();
      }
    }

    private SocketException closed() {
      return new SocketException("the connection was closed");
    }

    /** Until there may be something to read; sends meanwhile what waits. */
    private void await(long limitNanos) throws IOException {
      long left = TimeUnit.NANOSECONDS.toMillis(limitNanos - System.nanoTime());
      if (timeoutMillis > 0 && left <= 0) {
        throw new SocketTimeoutException("nothing came within " + timeoutMillis + " ms");
      }
      try {
        int wanted =
            output.waitingBytes.get() > 0
                ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                : SelectionKey.OP_READ;
        if (key.interestOps() != wanted) {
          key.interestOps(wanted);
        }
        int unused = selector.select(timeoutMillis > 0 ? left : 0);
        selector.selectedKeys().clear();
      } catch (ClosedSelectorException | CancelledKeyException e) {
        throw closed();
      }
      output.sendWaiting();
    }
  }

  private final class Output extends OutputStream {

    private final Queue<ByteBuffer> waiting = new ArrayDeque<>();
    private final AtomicLong waitingBytes = new AtomicLong();

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer all = ByteBuffer.wrap(bytes, offset, length);
      if (waiting.isEmpty()) {
        send(all);
      }
      if (all.hasRemaining()) {
        waitingBytes.addAndGet(all.remaining());
        waiting.add(ByteBuffer.allocate(all.remaining()).put(all).flip());
        Selector unused = selector.wakeup();
      }
    }

    private void send(ByteBuffer bytes) throws IOException {
      int end = bytes.limit();
      int sent = 1;
      while (sent > 0 && bytes.position() < end) {
        bytes.limit(Math.min(end, bytes.position() + MAX_CALL_BYTES));
        sent = channel.write(bytes);
      }
      bytes.limit(end);
    }

    synchronized void sendWaiting() throws IOException {
      for (ByteBuffer next = waiting.peek(); next != null; next = waiting.peek()) {
        int before = next.remaining();
        send(next);
        waitingBytes.addAndGet(next.remaining() - before);
        if (next.hasRemaining()) {
          return;
        }
        waiting.remove();
      }
    }
  }

  @Override
  public InputStream getInputStream() {
    return input;
  }

  @Override
  public OutputStream getOutputStream() {
    return output;
  }

  @Override
  public boolean isConnected() {
    return channel.isConnected();
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public InetAddress getInetAddress() {
    return channel.socket().getInetAddress();
  }

  @Override
  public int getPort() {
    return channel.socket().getPort();
  }

  @Override
  public void setTcpNoDelay(boolean on) throws SocketException {
    channel.socket().setTcpNoDelay(on);
  }

  /** From the next call to read on; 0 for no limit. */
  @Override
  public synchronized void setSoTimeout(int millis) {
    timeoutMillis = millis;
  }

  @Override
  public synchronized int getSoTimeout() {
    return timeoutMillis;
  }

  /** Whoever reads is woken. */
  @Override
  public synchronized void close() throws IOException {
    channel.close();
    selector.close();
  }
}
