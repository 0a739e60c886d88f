package io.weir.consensus.server.front;

import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.http.HttpStore;
import io.weir.consensus.http.HttpStoreSettings;
import io.weir.consensus.http.PemTls;
import io.weir.consensus.log.LogStatus;
import io.weir.consensus.server.access.Role;
import io.weir.consensus.server.access.TokenFile;
import io.weir.consensus.server.certificates.CertificateFolder;
import io.weir.consensus.server.certificates.CertificateMaker;
import io.weir.consensus.server.schema.JsonSchemaCheck;
import io.weir.consensus.store.RegisterStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import javax.net.ssl.SSLContext;

/** What the tests of fronts and clients have in common: certificates, stores, fronts, clients. */
public final class TestNode {

  static final String NODE = "n1";
  static final LogStatus STATUS = new LogStatus(NODE, "leader", NODE, 3, 17, 15, List.of(NODE));
  private static final String HOST = "127.0.0.1";

  private final CertificateFolder certificates;

  public TestNode(Path folder) throws IOException {
    this.certificates =
        new CertificateMaker(new SecureRandom(), Instant.now())
            .make(
                folder.resolve("certificates"),
                List.of(new CertificateMaker.Node(NODE, List.of())));
  }

  public static RegisterStore store() {
    return RegisterStore.inMemory(
        new JsonSchemaCheck(), InstantSource.system(), ForkJoinPool.commonPool());
  }

  FrontSettings settings(int port) {
    return FrontSettings.of(
        HOST, port, certificates.frontCertificate(NODE), certificates.frontKey(NODE));
  }

  public Front front(ConfigurationStore store) throws IOException {
    return front(store, settings(0));
  }

  Front front(ConfigurationStore store, FrontSettings settings) throws IOException {
    return new Front(settings, store, () -> STATUS, TokenFile.read(certificates.tokens()));
  }

  public static URI uri(int port) {
    return URI.create("https://" + HOST + ":" + port);
  }

  public CertificateFolder certificates() {
    return certificates;
  }

  SSLContext trust() {
    return PemTls.context(certificates.frontAuthority(), null, null);
  }

  String token(Role role) throws IOException {
    return Files.readString(certificates.token(role)).strip();
  }

  HttpStoreSettings client(Role role, Integer... ports) throws IOException {
    List<URI> nodes = List.of(ports).stream().map(TestNode::uri).toList();
    return HttpStoreSettings.of(nodes, trust(), token(role))
        .withAttemptLimit(Duration.ofMillis(800))
        .withCallLimit(Duration.ofSeconds(8));
  }

  HttpStore connect(Role role, Integer... ports) throws IOException {
    return new HttpStore(client(role, ports));
  }
}
