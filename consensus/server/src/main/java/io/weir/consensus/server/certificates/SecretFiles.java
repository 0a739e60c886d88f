package io.weir.consensus.server.certificates;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Set;

/** Writes new files, whole on disk when it returns, which only their owner may read. */
final class SecretFiles {

  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  /**
   * How often a store's password is hashed, for each of its parts. Java's 10,000 are for passwords
   * that people think up; these are random and as long as a key, and every start of a node would
   * hash for a fifth of a second.
   */
  private static final String ROUNDS = "1000";

  // Java has no other way to say it for certificates and for the checksum of the whole.
  static {
    System.setProperty("keystore.pkcs12.keyPbeIterationCount", ROUNDS);
    System.setProperty("keystore.pkcs12.certPbeIterationCount", ROUNDS);
    System.setProperty("keystore.pkcs12.macIterationCount", ROUNDS);
  }

  private SecretFiles() {}

  /** A folder beside the one that is to be made, on the same file system. */
  static Path newFolderBeside(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    return Files.createTempDirectory(parent, ".new-certificates-", FOLDER);
  }

  static Path newFolder(Path folder) throws IOException {
    return Files.createDirectory(folder, FOLDER);
  }

  static void text(Path file, String text) throws IOException {
    bytes(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static void certificate(Path file, X509Certificate certificate)
      throws IOException, GeneralSecurityException {
    text(file, pem("CERTIFICATE", certificate.getEncoded()));
  }

  static void key(Path file, Key key) throws IOException {
    text(file, pem("PRIVATE KEY", key.getEncoded()));
  }

  /** PKCS#12 with a key, under one password for both. */
  static void keyStore(Path file, Key key, Certificate certificate, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    store.setKeyEntry("node", key, password, new Certificate[] {certificate});
    store(file, store, password);
  }

  /** PKCS#12 with an authority. */
  static void trustStore(Path file, Certificate authority, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    store.setCertificateEntry("authority", authority);
    store(file, store, password);
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static void store(Path file, KeyStore store, char[] password)
      throws IOException, GeneralSecurityException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.store(bytes, password);
    bytes(file, bytes.toByteArray());
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(label, LINES.encodeToString(der), label)
        .replace(System.lineSeparator(), "\n");
  }

  private static void bytes(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }
}
