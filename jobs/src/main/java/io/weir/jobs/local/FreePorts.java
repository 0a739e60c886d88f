package io.weir.jobs.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * TCP ports of 127.0.0.1 that nobody listened on a moment ago. For servers that must be told their
 * port; whoever starts them has to try again where a port was taken meanwhile.
 */
public record FreePorts(List<Integer> ports) {

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  /** Finds different ports: all are held open until the last one is known. */
  public static FreePorts find(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(bind());
      }
      return new FreePorts(sockets.stream().map(ServerSocket::getLocalPort).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on 127.0.0.1", e);
    } finally {
      sockets.forEach(FreePorts::close);
    }
  }

  private static ServerSocket bind() throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0));
    return socket;
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int get(int index) {
    return ports.get(index);
  }
}
