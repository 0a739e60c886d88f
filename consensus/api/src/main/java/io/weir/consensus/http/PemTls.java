package io.weir.consensus.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS from PEM files (RFC 7468): certificates, and keys as unencrypted PKCS#8. Every mistake is an
 * {@link IllegalArgumentException} that names the file.
 */
public final class PemTls {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----(.*)-----END PRIVATE KEY-----", Pattern.DOTALL);
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

  private PemTls() {}

  /**
   * For a side that trusts one authority, and shows a certificate of its own if it has one.
   *
   * @param authority certificates of those who sign the other side's; null to trust nobody, where
   *     the other side shows none
   * @param certificate our own, followed by those that lead to its authority; null for none
   * @param key of our own certificate; null for none
   */
  public static SSLContext context(
      @Nullable Path authority, @Nullable Path certificate, @Nullable Path key) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          certificate == null || key == null ? null : keys(certificate, key).getKeyManagers(),
          trust(authority == null ? List.of() : certificates(authority)).getTrustManagers(),
          null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static TrustManagerFactory trust(Collection<? extends Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    int number = 0;
    for (Certificate authority : authorities) {
      store.setCertificateEntry("authority-" + number++, authority);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }

  private static KeyManagerFactory keys(Path certificate, Path key)
      throws GeneralSecurityException, IOException {
    char[] password = new char[0];
    KeyStore store = empty();
    Certificate[] chain = certificates(certificate).toArray(new Certificate[0]);
    store.setKeyEntry("own", key(key), password, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory;
  }

  /**
   * In memory only, so of the kind that spends no time on secrecy: PKCS#12 takes 0.1 s for a key.
   */
  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    return store;
  }

  /** Reads certificates, our own before those that lead to its authority. */
  public static Collection<? extends Certificate> certificates(Path file)
      throws GeneralSecurityException {
    byte[] pem = read(file);
    try (InputStream in = new ByteArrayInputStream(pem)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IllegalArgumentException(file + ": holds no certificate in PEM form");
      }
      return found;
    } catch (java.security.cert.CertificateException | IOException e) {
      throw new IllegalArgumentException(file + ": holds no certificates in PEM form", e);
    }
  }

  /** Reads a key. */
  public static PrivateKey key(Path file) throws GeneralSecurityException {
    Matcher matcher = KEY.matcher(new String(read(file), StandardCharsets.US_ASCII));
    if (matcher.find()) {
      PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(decode(file, matcher.group(1)));
      for (String algorithm : ALGORITHMS) {
        Optional<PrivateKey> key = key(algorithm, spec);
        if (key.isPresent()) {
          return key.get();
        }
      }
    }
    throw new IllegalArgumentException(
        file
            + ": must be an unencrypted EC, RSA or Ed25519 key in PKCS#8 form (BEGIN PRIVATE KEY);"
            + " `openssl pkcs8 -topk8 -nodes` makes one of others");
  }

  private static Optional<PrivateKey> key(String algorithm, PKCS8EncodedKeySpec spec)
      throws GeneralSecurityException {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
    } catch (InvalidKeySpecException e) {
      // Of another algorithm: PKCS#8 names it, but the platform has no reader for that name.
      return Optional.empty();
    }
  }

  private static byte[] decode(Path file, String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": is not base64 between its BEGIN and END", e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
