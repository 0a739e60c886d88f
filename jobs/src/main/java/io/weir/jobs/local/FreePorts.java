package io.weir.jobs.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * TCP ports of 127.0.0.1 that nobody listened on a moment ago. For servers that must be told their
 * port; whoever starts them has to try again where a port was taken meanwhile.
 */
public record FreePorts(List<Integer> ports) {

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  /** Linux says here which ports it gives: the first and the last. */
  private static final Path GIVEN = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

  /** Below are ports that well-known servers like. */
  private static final int LOWEST = 10_240;

  private static final int ENOUGH = 2_000;
  private static final Set<Integer> FOUND = ConcurrentHashMap.newKeySet();

  public FreePorts {
    ports = List.copyOf(ports);
  }

  /** Finds different ports: all are held open until the last one is known. */
  public static FreePorts find(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(bind(0));
      }
      return new FreePorts(sockets.stream().map(ServerSocket::getLocalPort).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on 127.0.0.1", e);
    } finally {
      sockets.forEach(FreePorts::close);
    }
  }

  /**
   * Finds ports that the system gives to nobody who asks for any, where it says which it gives:
   * they stay free while a server is away, also from connections that others make meanwhile. No two
   * calls of a process find the same one.
   */
  public static FreePorts findLasting(int count) {
    int end = firstGiven();
    return end - LOWEST < ENOUGH ? find(count) : findBelow(end, count);
  }

  private static FreePorts findBelow(int end, int count) {
    List<Integer> found = new ArrayList<>();
    for (int tries = 0; tries < ENOUGH && found.size() < count; tries++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, end);
      if (isFree(port) && FOUND.add(port)) {
        found.add(port);
      }
    }
    if (found.size() < count) {
      throw new UncheckedIOException(
          new IOException("no free port on 127.0.0.1 from " + LOWEST + " to " + end));
    }
    return new FreePorts(found);
  }

  private static boolean isFree(int port) {
    try {
      close(bind(port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The first port that the system may give to whoever asks for any; 0 where it does not say. */
  private static int firstGiven() {
    try {
      return Integer.parseInt(Files.readString(GIVEN).strip().split("\\s+", -1)[0]);
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  /** Any free port where it is 0. */
  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
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
