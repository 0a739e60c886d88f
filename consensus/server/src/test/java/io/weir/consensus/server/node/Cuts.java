package io.weir.consensus.server.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands between the nodes of a cluster: each reaches each other one through a port of its own,
 * which can be cut. A connection that is cut swallows what is sent, and stays open until it is
 * mended; then it ends, for what was sent is lost.
 */
final class Cuts implements AutoCloseable {

  private static final Pattern MEMBER = Pattern.compile("(n[0-9]+): \"127\\.0\\.0\\.1:([0-9]+)\"");

  private final Map<String, Passage> passages = new HashMap<>();

  /** Prepares a cluster's folder, and changes its settings so that the nodes meet here. */
  static Cuts between(ClusterFolder files) throws IOException {
    files.prepare();
    Cuts cuts = new Cuts();
    for (String node : files.nodes()) {
      Path settings = files.settings(node);
      Matcher members = MEMBER.matcher(Files.readString(settings));
      StringBuilder changed = new StringBuilder();
      while (members.find()) {
        String other = members.group(1);
        int port = Integer.parseInt(members.group(2));
        int reached = other.equals(node) ? port : cuts.open(node, other, port);
        members.appendReplacement(changed, other + ": \"127.0.0.1:" + reached + "\"");
      }
      members.appendTail(changed);
      Files.writeString(settings, changed.toString());
    }
    return cuts;
  }

  private int open(String from, String to, int port) throws IOException {
    Passage passage = new Passage(port);
    passages.put(from + ">" + to, passage);
    return passage.port();
  }

  /** Cuts what one node asks another. */
  void cut(String from, String to) {
    Passage passage = passages.get(from + ">" + to);
    if (passage != null) {
      passage.cut = true;
    }
  }

  /** Lets everything through again. */
  void mend() {
    passages.values().forEach(Passage::mend);
  }

  @Override
  public void close() throws IOException {
    for (Passage passage : passages.values()) {
      passage.close();
    }
  }

  private static final class Passage {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    Passage(int target) throws IOException {
      this.target = target;
      start(this::accept);
    }

    int port() {
      return server.getLocalPort();
    }

    private static void start(Runnable work) {
      Thread thread = new Thread(work, "passage");
      thread.setDaemon(true);
      thread.start();
    }

    private void accept() {
      while (!server.isClosed()) {
        try {
          Socket near = server.accept();
          sockets.add(near);
          start(() -> connect(near));
        } catch (IOException e) {
          return; // closed
        }
      }
    }

    private void connect(Socket near) {
      try {
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        far.setTcpNoDelay(true);
        near.setTcpNoDelay(true);
        sockets.add(far);
        start(() -> pump(near, far));
        pump(far, near);
      } catch (IOException e) {
        end(near); // the node is down: whoever connects is to notice
      }
    }

    private void pump(Socket from, Socket to) {
      byte[] bytes = new byte[16 * 1024];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
          if (!cut) {
            out.write(bytes, 0, count);
          }
        }
      } catch (IOException e) {
        // One side is gone, and the other is to notice.
      } finally {
        end(from);
        end(to);
      }
    }

    private void end(Socket socket) {
      sockets.remove(socket);
      try {
        socket.close();
      } catch (IOException e) {
        // It is as closed as it can be.
      }
    }

    void mend() {
      if (cut) {
        List.copyOf(sockets).forEach(this::end);
        cut = false;
      }
    }

    void close() throws IOException {
      server.close();
      List.copyOf(sockets).forEach(this::end);
    }
  }
}
