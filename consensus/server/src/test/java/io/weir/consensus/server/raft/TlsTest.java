package io.weir.consensus.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.server.peers.PeerTls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

  private static final String PASSWORD = "changeit";

  @TempDir private Path directory;

  @Test
  void letsOnlyNodesOfItsAuthoritySpeak() throws Exception {
    PeerTls members = certificate("members");
    PeerTls stranger = certificate("stranger");
    try (LocalCluster cluster =
        LocalCluster.start(directory.resolve("data"), settings -> settings.withTls(members))) {
      cluster.submit("a", "first");
      String node = cluster.follower();
      cluster.closeNode(node);

      try (RaftLog log =
          RaftLog.start(
              cluster.settings(node).withTls(stranger),
              new Journal(),
              (reason, cause) -> {
                throw new AssertionError(reason, cause);
              })) {
        cluster.submit(cluster.awaitLeader(), "second");

        assertThat(log.status().role()).isEqualTo("starting");
        assertThat(log.status().leader()).isNull();
        assertThat(log.status().committed()).isZero();
      }

      cluster.startNode(node);
      assertThat(cluster.submit(node, "third")).isEqualTo("3");
    }
  }

  /** One certificate that is its own authority, in both stores. */
  private PeerTls certificate(String name) throws IOException, InterruptedException {
    Path store = directory.resolve(name + ".p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Path file = directory.resolve(name + ".crt");
    Path trust = directory.resolve(name + "-trust.p12");
    run(keytool, store, "-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name);
    run(keytool, store, "-exportcert", "-alias", name, "-file", file.toString());
    run(keytool, trust, "-importcert", "-noprompt", "-alias", name, "-file", file.toString());
    return new PeerTls(store, PASSWORD, trust, PASSWORD);
  }

  private static void run(Path keytool, Path store, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(keytool.toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }
}
