package io.weir.benchmarks.store.sides;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.maintenance.StatusResponse;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.weir.benchmarks.frame.Workplace;
import io.weir.consensus.server.certificates.CertificateFolder;
import io.weir.consensus.server.node.FreePorts;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * The etcd that is installed here, and jetcd as its client: gRPC, as etcd's own clients speak. (The
 * gateway for JSON passes every request on to that by a connection of its own.)
 */
public final class EtcdSide implements Side {

  private static final String ADDRESS = "https://127.0.0.1:";

  private final CertificateFolder certificates;
  private final Path folder;
  private final String program;
  private final List<Integer> ports;
  private final SslContext tls;
  private final Servers servers;
  private final Client observer;

  private EtcdSide(Workplace place, String program) throws Exception {
    this.folder = place.folder().resolve("etcd");
    this.certificates = Certificates.make(folder);
    this.program = program;
    this.ports = FreePorts.take(2 * NODES.size());
    this.tls =
        GrpcSslContexts.forClient().trustManager(certificates.frontAuthority().toFile()).build();
    this.servers = new Servers(place, folder, this::command);
    this.observer = place.start(() -> client(NODES));
  }

  /**
   * Starts the nodes.
   *
   * @throws PeerMissing when etcd is not installed
   */
  public static EtcdSide start(Workplace place) throws Exception {
    return new EtcdSide(
        place,
        installed()
            .orElseThrow(
                () -> new PeerMissing("etcd is not installed; apt-get install etcd-server")));
  }

  private static Optional<String> installed() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .map(folder -> new File(folder, "etcd"))
        .filter(File::canExecute)
        .map(File::getPath)
        .findFirst();
  }

  private List<String> command(String node) {
    return List.of(
        program,
        "--name=" + node,
        "--data-dir=" + folder.resolve(node),
        "--listen-client-urls=" + client(node),
        "--advertise-client-urls=" + client(node),
        "--listen-peer-urls=" + peer(node),
        "--initial-advertise-peer-urls=" + peer(node),
        "--initial-cluster="
            + NODES.stream().map(each -> each + "=" + peer(each)).collect(Collectors.joining(",")),
        "--cert-file=" + certificates.frontCertificate(node),
        "--key-file=" + certificates.frontKey(node),
        "--peer-cert-file=" + certificates.raftCertificate(node),
        "--peer-key-file=" + certificates.raftKey(node),
        "--peer-trusted-ca-file=" + certificates.nodesAuthority(node),
        "--peer-client-cert-auth",
        "--logger=zap");
  }

  private URI client(String node) {
    return URI.create(ADDRESS + ports.get(NODES.indexOf(node)));
  }

  private URI peer(String node) {
    return URI.create(ADDRESS + ports.get(NODES.size() + NODES.indexOf(node)));
  }

  private Client client(List<String> nodes) {
    return Client.builder()
        .endpoints(nodes.stream().map(this::client).toList())
        .authority("127.0.0.1")
        .sslContext(tls)
        .build();
  }

  @Override
  public String name() {
    return "etcd";
  }

  @Override
  public StoreClient connect(List<String> nodes) {
    return new EtcdClient(client(nodes));
  }

  @Override
  public String leader() throws IOException {
    for (String node : NODES) {
      StatusResponse status = status(node);
      if (status.getHeader().getMemberId() == status.getLeader()) {
        return node;
      }
    }
    throw new IOException("etcd has no leader");
  }

  private StatusResponse status(String node) throws IOException {
    try {
      return observer
          .getMaintenanceClient()
          .statusMember(client(node).toString())
          .get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("etcd " + node + " does not say who leads: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public Servers servers() {
    return servers;
  }
}
