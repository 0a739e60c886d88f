package io.weir.consensus.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.server.certificates.CertificateFolder;
import io.weir.consensus.server.certificates.CertificateMaker;
import io.weir.consensus.server.doctor.Finding.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each check, made to fail once. */
class NodeDoctorTest {

  @TempDir private Path folder;

  private final FakeMachine machine = new FakeMachine();
  private CertificateFolder certificates;
  private Path file;

  @BeforeEach
  void prepare() throws IOException {
    certificates = make("certificates", Instant.now());
    file = folder.resolve("n1.yaml");
    write("127.0.0.1:7401");
  }

  private CertificateFolder make(String name, Instant now) throws IOException {
    return new CertificateMaker(new SecureRandom(), now)
        .make(
            folder.resolve(name),
            List.of(
                new CertificateMaker.Node("n1", List.of("*.wild.example")),
                new CertificateMaker.Node("n2", List.of())));
  }

  private void write(String listen) throws IOException {
    Files.writeString(
        file,
        """
        cluster: test
        node: n1
        data: data
        members: {n1: "127.0.0.1:7301", n2: "127.0.0.1:7302", n3: "127.0.0.1:7303"}
        peers: {key-store: %s, trust-store: %s, password-file: %s}
        front: {listen: "%s", certificate: %s, key: %s, tokens: %s}
        """
            .formatted(
                certificates.raftKeyStore("n1"),
                certificates.raftTrustStore("n1"),
                certificates.raftPassword("n1"),
                listen,
                certificates.frontCertificate("n1"),
                certificates.frontKey("n1"),
                certificates.tokens()));
  }

  private List<Finding> findings() {
    return new NodeDoctor(machine).examine(file);
  }

  private void assertFinds(Level level, String what, String says) {
    assertThat(findings())
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
  void findsNothingWhereAllIsWell() {
    assertThat(findings()).hasSizeGreaterThan(14).allMatch(each -> each.level() == Level.OK);
  }

  @Test
  void findsAnOldJava() {
    machine.java = 11;
    assertFinds(Level.FAIL, "java", "release 11");
  }

  @Test
  void findsFewOpenFilesAndLittleMemory() {
    machine.openFiles = 256;
    assertFinds(Level.FAIL, "open files", "256");
    machine.openFiles = 1_024;
    assertFinds(Level.WARN, "open files", "1024");
    machine.memory = 512L << 20;
    assertFinds(Level.FAIL, "memory", "512 MiB");
  }

  @Test
  void findsAFullAndASlowDisk() {
    machine.free = 100L << 20;
    assertFinds(Level.FAIL, "data", "100 MiB free");
    machine.free = 500L << 20;
    assertFinds(Level.WARN, "data", "500 MiB free");
    machine.sync = Duration.ofMillis(50);
    assertFinds(Level.WARN, "data", "after 50.0 ms");
    machine.sync = Duration.ofMillis(900);
    assertFinds(Level.FAIL, "data", "too slow");
  }

  @Test
  void findsADataFolderThatIsNone() throws IOException {
    Files.writeString(folder.resolve("data"), "a file");
    assertFinds(Level.FAIL, "data", "no folder");
  }

  @Test
  void findsPortsThatAreTakenAndNodesThatAreSilent() {
    machine.taken.add(7401);
    assertFinds(Level.FAIL, "front", "cannot listen at 127.0.0.1:7401");
    machine.taken.add(7301);
    assertFinds(Level.FAIL, "member n1", "cannot listen at 127.0.0.1:7301");
    machine.silent.add(7303);
    assertFinds(Level.WARN, "member n3", "127.0.0.1:7303 does not answer");
  }

  @Test
  void findsCertificatesOutOfTheirTime() {
    Instant now = machine.now;
    machine.now = now.plus(Duration.ofDays(900));
    assertFinds(Level.FAIL, "front.pem", "expired at");
    assertFinds(Level.FAIL, "raft.p12", "expired at");
    machine.now = now.plus(Duration.ofDays(810));
    assertFinds(Level.WARN, "front.pem", "expires at");
    machine.now = now.minus(Duration.ofDays(2));
    assertFinds(Level.FAIL, "front.pem", "is valid from");
  }

  @Test
  void findsACertificateForAnotherHost() throws IOException {
    write("store.example:7401");
    assertFinds(Level.FAIL, "front.pem", "not store.example");
  }

  @ParameterizedTest
  @CsvSource({
    "n1.wild.example, true",
    "N1.Wild.example, true",
    "LOCALHOST, true",
    "wild.example, false",
    "n1.a.wild.example, false"
  })
  void takesTheNamesThatClientsTake(String host, boolean known) throws IOException {
    write(host + ":7401");

    assertThat(findings())
        .filteredOn(each -> each.what().endsWith("front.pem"))
        .filteredOn(each -> each.says().startsWith("names"))
        .singleElement()
        .extracting(Finding::level)
        .isEqualTo(known ? Level.OK : Level.FAIL);
  }

  @Test
  void findsAKeyOfAnotherCertificate() throws IOException {
    Files.copy(
        certificates.frontKey("n2"),
        certificates.frontKey("n1"),
        StandardCopyOption.REPLACE_EXISTING);
    assertFinds(Level.FAIL, "front.key", "is not of");
  }

  @Test
  void findsWhatIsNoCertificate() throws IOException {
    Files.writeString(certificates.frontCertificate("n1"), "hello");
    assertFinds(Level.FAIL, "front.pem", "holds no certificate");
  }

  @Test
  void findsAWrongPasswordAndAForeignAuthority() throws IOException {
    CertificateFolder other = make("other", Instant.now());
    Files.copy(
        other.raftKeyStore("n1"),
        certificates.raftKeyStore("n1"),
        StandardCopyOption.REPLACE_EXISTING);
    assertFinds(Level.FAIL, "raft.p12", "cannot be used");
    Files.copy(
        other.raftPassword("n1"),
        certificates.raftPassword("n1"),
        StandardCopyOption.REPLACE_EXISTING);
    assertFinds(Level.FAIL, "raft.p12", "raft-trust.p12");
  }

  @Test
  void findsATrustStoreWithoutThisNodesAuthority() throws Exception {
    CertificateFolder other = make("other", Instant.now());
    String own = Files.readString(certificates.raftPassword("n1")).strip();
    String foreign = Files.readString(other.raftPassword("n1")).strip();
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(other.raftTrustStore("n1"))) {
      store.load(in, foreign.toCharArray());
    }
    try (var out = Files.newOutputStream(certificates.raftTrustStore("n1"))) {
      store.store(out, own.toCharArray());
    }
    assertFinds(Level.FAIL, "trust store", "does not trust");
  }

  @Test
  void findsSecretsThatOthersMayRead() throws IOException {
    Files.setPosixFilePermissions(
        certificates.frontKey("n1"), PosixFilePermissions.fromString("rw-r--r--"));
    assertFinds(Level.WARN, "front.key", "others may read it");
  }

  @Test
  void findsTokensThatAreNone() throws IOException {
    Files.writeString(certificates.tokens(), "tokens: {}");
    assertFinds(Level.FAIL, "tokens", "with a list");
  }

  @Test
  void findsSettingsThatCannotBe() throws IOException {
    Files.writeString(file, "cluster: test\nextra: 1\n");
    assertFinds(Level.FAIL, "settings", "extra");
  }

  @Test
  void measuresTheMachineThatItRunsOn() throws IOException {
    ThisMachine real = new ThisMachine();

    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
      assertThat(real.canListen("127.0.0.1", port)).isFalse();
      assertThat(real.canConnect("127.0.0.1", port)).isTrue();
    }
    assertThat(real.canListen("127.0.0.1", port)).isTrue();
    assertThat(real.syncTime(folder.resolve("not/there/yet"))).isPositive();
    assertThat(real.freeBytes(folder)).isPositive();
    assertThat(real.javaRelease()).isGreaterThanOrEqualTo(17);
    assertThat(real.memoryBytes()).isGreaterThan(1L << 20);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("certificates", "n1.yaml");
  }
}
