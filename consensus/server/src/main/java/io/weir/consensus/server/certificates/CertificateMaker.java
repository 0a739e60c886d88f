package io.weir.consensus.server.certificates;

import io.weir.consensus.server.access.Role;
import io.weir.consensus.server.access.Tokens;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes authorities, certificates and tokens for a cluster that is tried out. The folder appears as
 * a whole or not at all, and never replaces one.
 */
public final class CertificateMaker {

  private static final int SECRET_BYTES = 24;

  private final SecureRandom random;
  private final Instant now;

  /**
   * A node that certificates are made for.
   *
   * @param name becomes a folder
   * @param hosts names and addresses under which it is reached, besides localhost and 127.0.0.1
   */
  public record Node(String name, List<String> hosts) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    public Node {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "node '" + name + "': 1 to 63 letters, digits, '.', '_' and '-' are allowed");
      }
      hosts =
          Stream.concat(Stream.of("localhost", "127.0.0.1"), hosts.stream()).distinct().toList();
    }
  }

  public CertificateMaker(SecureRandom random, Instant now) {
    this.random = random;
    this.now = now;
  }

  /**
   * Makes a folder.
   *
   * @throws FileAlreadyExistsException when there is something already
   */
  public CertificateFolder make(Path folder, List<Node> nodes) throws IOException {
    if (Files.exists(folder) && !isEmptyFolder(folder)) {
      throw new FileAlreadyExistsException(
          folder + ": exists already; remove it, or name another folder");
    }
    Path draft = SecretFiles.newFolderBeside(folder);
    try {
      fill(new CertificateFolder(draft), nodes);
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
      return new CertificateFolder(folder);
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java platform cannot make certificates: " + e.getMessage(), e);
    } finally {
      removeIfLeft(draft);
    }
  }

  private static boolean isEmptyFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private void fill(CertificateFolder folder, List<Node> nodes)
      throws IOException, GeneralSecurityException {
    Authority front = Authority.create("Weir front authority (test)", random, now);
    Authority raft = Authority.create("Weir nodes authority (test)", random, now);
    SecretFiles.certificate(folder.frontAuthority(), front.certificate());
    Path authorities = SecretFiles.newFolder(folder.authorities());
    write(authorities, "front", front);
    write(authorities, "nodes", raft);
    SecretFiles.newFolder(folder.folder().resolve("nodes"));
    for (Node node : nodes) {
      SecretFiles.newFolder(folder.node(node.name()));
      writeFront(folder, node, front);
      writeRaft(folder, node, raft);
    }
    writeTokens(folder);
  }

  private static void write(Path authorities, String name, Authority authority)
      throws IOException, GeneralSecurityException {
    SecretFiles.certificate(authorities.resolve(name + ".pem"), authority.certificate());
    SecretFiles.key(authorities.resolve(name + ".key"), authority.keys().getPrivate());
  }

  private static void writeFront(CertificateFolder folder, Node node, Authority authority)
      throws IOException, GeneralSecurityException {
    Authority.Identity identity = authority.issue(node.name(), node.hosts());
    SecretFiles.certificate(folder.frontCertificate(node.name()), identity.certificate());
    SecretFiles.key(folder.frontKey(node.name()), identity.keys().getPrivate());
  }

  private void writeRaft(CertificateFolder folder, Node node, Authority authority)
      throws IOException, GeneralSecurityException {
    String name = node.name();
    Authority.Identity identity = authority.issue(name, node.hosts());
    String password = secret();
    SecretFiles.certificate(folder.nodesAuthority(name), authority.certificate());
    SecretFiles.certificate(folder.raftCertificate(name), identity.certificate());
    SecretFiles.key(folder.raftKey(name), identity.keys().getPrivate());
    SecretFiles.text(folder.raftPassword(name), password + "\n");
    SecretFiles.keyStore(
        folder.raftKeyStore(name),
        identity.keys().getPrivate(),
        identity.certificate(),
        password.toCharArray());
    SecretFiles.trustStore(
        folder.raftTrustStore(name), authority.certificate(), password.toCharArray());
  }

  private void writeTokens(CertificateFolder folder) throws IOException {
    StringBuilder yaml =
        new StringBuilder("# Roles: read, propose, admin. sha256 of each token.\n");
    yaml.append("tokens:\n");
    SecretFiles.newFolder(folder.folder().resolve("tokens"));
    for (Role role : Role.values()) {
      String token = secret();
      SecretFiles.text(folder.token(role), token + "\n");
      yaml.append(
          "  - {name: %s, role: %s, sha256: \"%s\"}\n"
              .formatted(role.word(), role.word(), HexFormat.of().formatHex(Tokens.hash(token))));
    }
    SecretFiles.text(folder.tokens(), yaml.toString());
  }

  private String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static void removeIfLeft(Path draft) throws IOException {
    if (!Files.exists(draft)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> found = Files.walk(draft)) {
      files = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
