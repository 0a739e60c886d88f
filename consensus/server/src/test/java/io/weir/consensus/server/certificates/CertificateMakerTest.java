package io.weir.consensus.server.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.consensus.server.access.Role;
import io.weir.consensus.server.access.Token;
import io.weir.consensus.server.access.TokenFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateMakerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path parent;
  private CertificateFolder made;

  @BeforeEach
  void make() throws IOException {
    made = make(parent.resolve("deep/made"));
  }

  private static CertificateFolder make(Path folder) throws IOException {
    return new CertificateMaker(new SecureRandom(), NOW)
        .make(
            folder,
            List.of(
                new CertificateMaker.Node("n1", List.of("host.example", "10.0.0.1", "::1")),
                new CertificateMaker.Node("n2", List.of())));
  }

  private static X509Certificate certificate(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  @Test
  void signsNamesAndAddressesOfANode() throws Exception {
    X509Certificate front = certificate(made.frontCertificate("n1"));

    front.verify(certificate(made.frontAuthority()).getPublicKey());
    assertThat(front.getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .containsExactly("localhost", "127.0.0.1", "host.example", "10.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(front.getBasicConstraints()).isEqualTo(-1);
    assertThat(front.getPublicKey().getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void isValidAsLongAsItSays() throws Exception {
    X509Certificate front = certificate(made.frontCertificate("n1"));

    assertThat(front.getNotBefore()).isEqualTo(Date.from(NOW.minus(Duration.ofHours(1))));
    assertThat(front.getNotAfter()).isEqualTo(Date.from(NOW.plus(Duration.ofDays(825))));
    assertThat(certificate(made.frontAuthority()).getNotAfter())
        .isEqualTo(Date.from(NOW.plus(Duration.ofDays(3_650))));
  }

  @Test
  void keepsNodesAndFrontsApart() throws Exception {
    X509Certificate raft = certificate(made.raftCertificate("n1"));

    raft.verify(certificate(made.nodesAuthority("n2")).getPublicKey());
    assertThatThrownBy(() -> raft.verify(certificate(made.frontAuthority()).getPublicKey()))
        .isInstanceOf(SignatureException.class);
  }

  @Test
  void putsTheSameIntoKeyStoresWithOnePassword() throws Exception {
    char[] password = Files.readString(made.raftPassword("n1")).strip().toCharArray();
    KeyStore keys = KeyStore.getInstance(made.raftKeyStore("n1").toFile(), password);
    KeyStore trust = KeyStore.getInstance(made.raftTrustStore("n1").toFile(), password);

    assertThat(keys.getKey("node", password)).isNotNull();
    assertThat(keys.getCertificate("node")).isEqualTo(certificate(made.raftCertificate("n1")));
    assertThat(trust.getCertificate("authority")).isEqualTo(certificate(made.nodesAuthority("n1")));
  }

  @Test
  void writesTokensThatANodeKnows() throws IOException {
    for (Role role : Role.values()) {
      String token = Files.readString(made.token(role)).strip();

      assertThat(TokenFile.read(made.tokens()).find(token)).map(Token::role).contains(role);
      assertThat(Files.readString(made.tokens())).doesNotContain(token);
    }
  }

  @Test
  void letsOnlyTheOwnerReadIt() throws IOException {
    try (Stream<Path> files = Files.walk(made.folder())) {
      assertThat(files)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .endsWith("------"));
    }
  }

  @Test
  void neverReplacesAnything() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("mine"));
    Files.writeString(folder.resolve("key"), "precious");

    assertThatThrownBy(() -> make(folder))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("exists already");
    assertThatThrownBy(() -> make(folder.resolve("key")))
        .isInstanceOf(FileAlreadyExistsException.class);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(folder.resolve("key"));
    }
    try (Stream<Path> left = Files.list(parent)) {
      assertThat(left).containsExactlyInAnyOrder(folder, parent.resolve("deep"));
    }
  }

  @Test
  void fillsAFolderThatIsEmpty() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("empty"));

    assertThat(make(folder).frontAuthority()).exists();
  }
}
