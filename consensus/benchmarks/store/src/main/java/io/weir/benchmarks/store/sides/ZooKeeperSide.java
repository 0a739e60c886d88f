package io.weir.benchmarks.store.sides;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.benchmarks.frame.JavaCommand;
import io.weir.benchmarks.frame.Workplace;
import io.weir.consensus.http.PemTls;
import io.weir.consensus.server.certificates.CertificateFolder;
import io.weir.consensus.server.node.FreePorts;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;

/** ZooKeeper from Maven, with the timing of its sample settings, and its own client. */
public final class ZooKeeperSide implements Side {

  private static final String HOST = "127.0.0.1";

  /** What ZooKeeper's own script gives it. */
  private static final List<String> OPTIONS =
      List.of("-Xmx1000m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

  private final Path folder;
  private final CertificateFolder certificates;
  private final List<Integer> ports;
  private final SSLContext tls;
  private final Servers servers;

  private ZooKeeperSide(Workplace place) throws Exception {
    this.folder = place.folder().resolve("zookeeper");
    this.certificates = Certificates.make(folder);
    this.ports = FreePorts.take(3 * NODES.size());
    this.tls = PemTls.context(certificates.nodesAuthority(NODES.get(0)), null, null);
    for (String node : NODES) {
      writeSettings(node);
    }
    this.servers =
        new Servers(
            place,
            folder,
            node -> JavaCommand.of(OPTIONS, QuorumPeerMain.class, List.of(settings(node))));
  }

  public static ZooKeeperSide start(Workplace place) throws Exception {
    return new ZooKeeperSide(place);
  }

  private String settings(String node) {
    return folder.resolve(node + ".properties").toString();
  }

  private void writeSettings(String node) throws IOException {
    int number = NODES.indexOf(node) + 1;
    Path data = Files.createDirectories(folder.resolve(node));
    Files.writeString(data.resolve("myid"), number + "\n");
    String members =
        NODES.stream()
            .map(each -> NODES.indexOf(each))
            .map(i -> "server.%d=%s:%d:%d".formatted(i + 1, HOST, port(1, i), port(2, i)))
            .collect(Collectors.joining("\n"));
    Files.writeString(
        Path.of(settings(node)),
        """
        dataDir=%s
        tickTime=2000
        initLimit=10
        syncLimit=5
        secureClientPort=%d
        secureClientPortAddress=%s
        serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory
        admin.enableServer=false
        ssl.clientAuth=none
        sslQuorum=true
        %s
        %s
        %s
        """
            .formatted(
                data,
                port(0, number - 1),
                HOST,
                stores("ssl", node),
                stores("ssl.quorum", node),
                members));
  }

  /**
   * @param kind 0 for clients, 1 and 2 for the other nodes
   */
  private int port(int kind, int node) {
    return ports.get(kind * NODES.size() + node);
  }

  private String stores(String prefix, String node) throws IOException {
    return """
        %1$s.keyStore.location=%2$s
        %1$s.keyStore.password=%4$s
        %1$s.trustStore.location=%3$s
        %1$s.trustStore.password=%4$s"""
        .formatted(
            prefix,
            certificates.raftKeyStore(node),
            certificates.raftTrustStore(node),
            password(node));
  }

  private String password(String node) throws IOException {
    return Files.readString(certificates.raftPassword(node)).strip();
  }

  @Override
  public String name() {
    return "zookeeper";
  }

  @Override
  public StoreClient connect(List<String> nodes) throws IOException {
    String addresses =
        nodes.stream()
            .map(node -> HOST + ":" + port(0, NODES.indexOf(node)))
            .collect(Collectors.joining(","));
    Properties trust = new Properties();
    trust.put(
        "zookeeper.ssl.trustStore.location", certificates.raftTrustStore(NODES.get(0)).toString());
    trust.put("zookeeper.ssl.trustStore.password", password(NODES.get(0)));
    return ZooKeeperClient.connect(addresses, trust);
  }

  @Override
  public String leader() throws IOException {
    for (String node : NODES) {
      if (say(node, "srvr").contains("Mode: leader")) {
        return node;
      }
    }
    throw new IOException("zookeeper has no leader");
  }

  /** Asks a node by one of ZooKeeper's words of four letters. */
  private String say(String node, String word) throws IOException {
    try (Socket socket = tls.getSocketFactory().createSocket(HOST, port(0, NODES.indexOf(node)))) {
      socket.getOutputStream().write(word.getBytes(US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  @Override
  public Servers servers() {
    return servers;
  }
}
