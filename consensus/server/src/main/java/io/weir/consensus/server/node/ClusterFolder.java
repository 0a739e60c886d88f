package io.weir.consensus.server.node;

import io.weir.consensus.server.access.Role;
import io.weir.consensus.server.certificates.CertificateFolder;
import io.weir.consensus.server.certificates.CertificateMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All that a cluster on one machine needs, in one folder that is made once and used again:
 *
 * <pre>
 * certificates/    see {@link CertificateFolder}
 * n1.yaml, ...     the nodes' settings
 * n1/, ...         their data
 * n1.log, ...      what they said
 * store.yaml       for {@code weir config --store}
 * </pre>
 */
public record ClusterFolder(Path folder, int size, Algorithm algorithm) {

  private static final String HOST = "127.0.0.1";

  public ClusterFolder {
    folder = folder.toAbsolutePath().normalize();
    if (size < 1 || size > 7 || size % 2 == 0) {
      throw new IllegalArgumentException(
          size + " nodes: 1, 3, 5 or 7 are allowed, for a majority must be possible");
    }
  }

  /** A cluster that agrees by Raft. */
  public ClusterFolder(Path folder, int size) {
    this(folder, size, Algorithm.RAFT);
  }

  /** How clients reach the cluster; written last, so its presence means that all is there. */
  public Path clientFile() {
    return folder.resolve("store.yaml");
  }

  public List<String> nodes() {
    return IntStream.rangeClosed(1, size).mapToObj(number -> "n" + number).toList();
  }

  public Path settings(String node) {
    return folder.resolve(node + ".yaml");
  }

  public Path output(String node) {
    return folder.resolve(node + ".log");
  }

  public CertificateFolder certificates() {
    return new CertificateFolder(folder.resolve("certificates"));
  }

  /** Makes what is missing; a folder of another size is refused. */
  public void prepare() throws IOException {
    if (!Files.exists(clientFile())) {
      make();
    }
    for (String node : nodes()) {
      require(Files.exists(settings(node)));
      requireAlgorithm(settings(node));
    }
    require(!Files.exists(folder.resolve("n" + (size + 1) + ".yaml")));
  }

  private void require(boolean fits) throws IOException {
    if (!fits) {
      throw new IOException(folder + " holds a cluster of another size than " + size);
    }
  }

  /** Settings of an earlier release name none, and mean Raft. */
  private void requireAlgorithm(Path settings) throws IOException {
    boolean paxos = Files.readAllLines(settings).contains("algorithm: " + Algorithm.PAXOS);
    if (paxos != (algorithm == Algorithm.PAXOS)) {
      throw new IOException(folder + " holds a cluster of another algorithm than " + algorithm);
    }
  }

  private void make() throws IOException {
    Files.createDirectories(folder);
    if (!Files.exists(certificates().tokens())) {
      new CertificateMaker(new SecureRandom(), Instant.now())
          .make(
              certificates().folder(),
              nodes().stream()
                  .map(node -> new CertificateMaker.Node(node, List.of(HOST)))
                  .toList());
    }
    List<Integer> ports = FreePorts.take(2 * size);
    List<Integer> raft = ports.subList(0, size);
    List<Integer> front = ports.subList(size, 2 * size);
    for (int i = 0; i < size; i++) {
      Files.writeString(settings(nodes().get(i)), settings(i, raft, front.get(i)));
    }
    Path draft = Files.writeString(folder.resolve("store.yaml.new"), client(front));
    Files.move(draft, clientFile(), StandardCopyOption.ATOMIC_MOVE);
  }

  private String settings(int index, List<Integer> raft, int front) {
    String node = nodes().get(index);
    CertificateFolder made = certificates();
    String members =
        IntStream.range(0, size)
            .mapToObj(i -> nodes().get(i) + ": \"" + HOST + ":" + raft.get(i) + "\"")
            .collect(Collectors.joining(", "));
    return """
        cluster: local
        algorithm: %s
        node: %s
        data: %s
        members: {%s}
        peers:
          key-store: %s
          trust-store: %s
          password-file: %s
        front:
          listen: "%s:%d"
          certificate: %s
          key: %s
          tokens: %s
        """
        .formatted(
            algorithm,
            node,
            node,
            members,
            relative(made.raftKeyStore(node)),
            relative(made.raftTrustStore(node)),
            relative(made.raftPassword(node)),
            HOST,
            front,
            relative(made.frontCertificate(node)),
            relative(made.frontKey(node)),
            relative(made.tokens()));
  }

  private String client(List<Integer> front) {
    String nodes =
        front.stream()
            .map(port -> "\"https://" + HOST + ":" + port + "\"")
            .collect(Collectors.joining(", "));
    return """
        nodes: [%s]
        authority: %s
        token-file: %s
        """
        .formatted(
            nodes,
            relative(certificates().frontAuthority()),
            relative(certificates().token(Role.ADMIN)));
  }

  private Path relative(Path file) {
    return folder.relativize(file);
  }
}
