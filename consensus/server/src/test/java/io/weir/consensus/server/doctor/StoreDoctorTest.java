package io.weir.consensus.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.weir.consensus.http.PemTls;
import io.weir.consensus.server.access.Role;
import io.weir.consensus.server.doctor.Finding.Level;
import io.weir.consensus.server.front.Front;
import io.weir.consensus.server.front.TestNode;
import io.weir.consensus.server.node.FreePorts;
import io.weir.consensus.store.RegisterStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of one real front, looked at with each thing wrong once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreDoctorTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RegisterStore store = TestNode.store();
  private Path folder;
  private TestNode node;
  private Front front;

  @BeforeAll
  void start(@TempDir Path temp) throws IOException {
    folder = temp;
    node = new TestNode(temp);
    front = node.front(store);
  }

  @AfterAll
  void stop() {
    front.close();
    store.close();
  }

  private Path client(String nodes, Path authority) throws IOException {
    return Files.writeString(
        folder.resolve("store.yaml"),
        "nodes: [%s]%nauthority: %s%ntoken-file: %s%n"
            .formatted(nodes, authority, node.certificates().token(Role.READ)));
  }

  private Path client() throws IOException {
    return client("\"" + TestNode.uri(front.port()) + "\"", node.certificates().frontAuthority());
  }

  private static List<Finding> examine(FakeMachine machine, Path file, String... environment) {
    Map<String, String> variables =
        environment.length == 0 ? Map.of() : Map.of(environment[0], environment[1]);
    return new StoreDoctor(machine, variables).examine(file);
  }

  /** For a cluster that has no majority, however long one waits. */
  private static List<Finding> examineWithoutMajority(Path file, Duration limit) {
    return new StoreDoctor(new FakeMachine(), Map.of(), limit, Duration.ofMillis(500))
        .examine(file);
  }

  private static void assertFinds(List<Finding> findings, Level level, String what, String says) {
    assertThat(findings)
        .filteredOn(each -> each.level() != Level.OK)
        .anySatisfy(
            each -> {
              assertThat(each.level()).isEqualTo(level);
              assertThat(each.what()).contains(what);
              assertThat(each.says()).contains(says);
              assertThat(each.advice()).isNotBlank();
            });
  }

  @Test
  void findsNothingWhereAllIsWell() throws IOException {
    assertThat(examine(new FakeMachine(), client()))
        .hasSizeGreaterThan(5)
        .allMatch(each -> each.level() == Level.OK);
  }

  @Test
  void findsClocksThatAreApart() throws IOException {
    FakeMachine ahead = new FakeMachine();
    ahead.now = ahead.now.plus(Duration.ofSeconds(15));
    FakeMachine behind = new FakeMachine();
    behind.now = behind.now.minus(Duration.ofMinutes(2));

    assertFinds(examine(ahead, client()), Level.WARN, "clock", "by about 1");
    assertFinds(examine(behind, client()), Level.FAIL, "clock", "by about 1");
  }

  @Test
  void findsANodeWhoseCertificateWillExpire() throws IOException {
    FakeMachine later = new FakeMachine();
    later.now = later.now.plus(Duration.ofDays(810));

    assertFinds(examine(later, client()), Level.WARN, "certificate", "expires at");
  }

  @Test
  void findsATokenThatNobodyKnows() throws IOException {
    assertFinds(
        examine(new FakeMachine(), client(), "WEIR_TOKEN", "wrong"),
        Level.FAIL,
        "token",
        "is not known");
  }

  @Test
  void findsAForeignAuthority() throws IOException {
    TestNode other = new TestNode(Files.createDirectory(folder.resolve("other")));
    Path file =
        client("\"" + TestNode.uri(front.port()) + "\"", other.certificates().frontAuthority());

    List<Finding> findings = examineWithoutMajority(file, PATIENCE);

    assertFinds(findings, Level.WARN, "node", "does not answer");
    assertFinds(findings, Level.FAIL, "cluster", "no majority answers");
  }

  @Test
  void findsANodeThatIsAway() throws IOException {
    int away = FreePorts.take(1).get(0);
    Path file =
        client(
            "\"%s\", \"%s\"".formatted(TestNode.uri(front.port()), TestNode.uri(away)),
            node.certificates().frontAuthority());

    assertFinds(
        examine(new FakeMachine(), file), Level.WARN, TestNode.uri(away).toString(), "not answer");
  }

  @Test
  void findsAClientFileThatIsNone() throws IOException {
    Path file = Files.writeString(folder.resolve("none.yaml"), "nodes: []\n");

    assertFinds(examine(new FakeMachine(), file), Level.FAIL, "client file", "authority");
  }

  @Test
  void findsWhatAnswersAndIsNoNode() throws IOException {
    HttpsServer other = other(exchange -> exchange.sendResponseHeaders(404, -1));
    try {
      assertFinds(
          examineWithoutMajority(client(other), PATIENCE),
          Level.WARN,
          "node",
          "answers with status 404");
    } finally {
      other.stop(0);
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void doesNotWaitForTheEndOfAnAnswerThatHasNone() throws IOException {
    HttpsServer other = other(exchange -> exchange.sendResponseHeaders(200, 10));
    try {
      List<Finding> findings = examineWithoutMajority(client(other), Duration.ofMillis(500));

      assertFinds(findings, Level.WARN, "node", "does not answer within 500 ms");
    } finally {
      other.stop(0);
    }
  }

  private HttpsServer other(HttpHandler handler) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(
            PemTls.context(
                null,
                node.certificates().frontCertificate("n1"),
                node.certificates().frontKey("n1"))));
    server.createContext("/", handler);
    server.start();
    return server;
  }

  private Path client(HttpsServer server) throws IOException {
    return client(
        "\"" + TestNode.uri(server.getAddress().getPort()) + "\"",
        node.certificates().frontAuthority());
  }

  @Test
  void comparesNoClocksByADateThatIsNone() {
    Finding finding =
        new StoreDoctor(new FakeMachine(), Map.of()).clock("node", Optional.of("yesterday"));

    assertThat(finding.level()).isEqualTo(Level.WARN);
    assertThat(finding.says()).isEqualTo("the node does not tell its time, but yesterday");
  }
}
