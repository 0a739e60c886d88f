package io.weir.consensus.server.doctor;

import io.weir.consensus.http.PemTls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Certificates and what belongs to them: times, names, keys, who may read them. */
final class CertificateChecks {

  private static final Duration SOON = Duration.ofDays(30);
  private static final String RENEW = "have it signed anew";

  private final Instant now;

  CertificateChecks(Instant now) {
    this.now = now;
  }

  /** The front's, whose clients look at the name. */
  List<Finding> front(Path certificate, Path key, String host) {
    String what = "certificate " + certificate;
    List<Finding> findings = new ArrayList<>();
    try {
      X509Certificate own = (X509Certificate) PemTls.certificates(certificate).iterator().next();
      findings.add(validity(what, own));
      findings.add(name(what, own, host));
      findings.add(
          fits(own, PemTls.key(key))
              ? Finding.ok("key " + key, "is of its certificate")
              : Finding.fail(
                  "key " + key, "is not of " + certificate, "give both from one request"));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      findings.add(Finding.fail(what, String.valueOf(e.getMessage()), "mend the file"));
    }
    findings.add(privacy(key));
    return findings;
  }

  /** Those between nodes, in stores of Java. */
  List<Finding> peers(Path keyStore, Path trustStore, Path passwordFile) {
    String what = "key store " + keyStore;
    List<Finding> findings = new ArrayList<>();
    try {
      char[] password = Files.readString(passwordFile).strip().toCharArray();
      KeyStore keys = open(keyStore, password);
      X509Certificate own = own(keys, keyStore);
      findings.add(validity(what, own));
      findings.add(trust(trustStore, open(trustStore, password), own));
    } catch (GeneralSecurityException | IOException e) {
      findings.add(
          Finding.fail(what, "cannot be used: " + e.getMessage(), "check it and its password"));
    }
    findings.add(privacy(keyStore));
    findings.add(privacy(passwordFile));
    return findings;
  }

  private static KeyStore open(Path file, char[] password)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    return store;
  }

  private static X509Certificate own(KeyStore keys, Path file)
      throws GeneralSecurityException, IOException {
    for (String alias : Collections.list(keys.aliases())) {
      if (keys.isKeyEntry(alias) && keys.getCertificate(alias) instanceof X509Certificate own) {
        return own;
      }
    }
    throw new IOException(file + " holds no key with a certificate");
  }

  private static Finding trust(Path file, KeyStore trusted, X509Certificate own)
      throws GeneralSecurityException {
    String what = "trust store " + file;
    for (String alias : Collections.list(trusted.aliases())) {
      if (isSignedBy(own, trusted.getCertificate(alias))) {
        return Finding.ok(what, "trusts this node's own certificate");
      }
    }
    return Finding.fail(
        what,
        "does not trust this node's own certificate",
        "all nodes need certificates of one authority, and that one in their trust stores");
  }

  private static boolean isSignedBy(X509Certificate own, Certificate authority) {
    try {
      own.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  Finding validity(String what, X509Certificate certificate) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant to = certificate.getNotAfter().toInstant();
    if (now.isBefore(from)) {
      return Finding.fail(what, "is valid from " + from + " on", "check this machine's clock");
    }
    if (now.isAfter(to)) {
      return Finding.fail(what, "expired at " + to, RENEW);
    }
    return now.plus(SOON).isAfter(to)
        ? Finding.warn(what, "expires at " + to, RENEW)
        : Finding.ok(what, "is valid until " + to);
  }

  private static Finding name(String what, X509Certificate certificate, String host)
      throws GeneralSecurityException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    List<String> known =
        names == null
            ? List.of()
            : names.stream().map(name -> String.valueOf(name.get(1))).toList();
    return host.equals("0.0.0.0") || known.stream().anyMatch(name -> isFor(name, host))
        ? Finding.ok(what, "names " + String.join(", ", known))
        : Finding.fail(
            what,
            "names " + String.join(", ", known) + ", not " + host,
            "clients that use " + host + " will refuse it: have it signed with that name");
  }

  /** RFC 2818, section 3.1: in any case; a star stands for the first part of a name. */
  private static boolean isFor(String name, String host) {
    boolean star = name.startsWith("*.") && host.indexOf('.') > 0;
    return star
        ? name.substring(1).equalsIgnoreCase(host.substring(host.indexOf('.')))
        : name.equalsIgnoreCase(host);
  }

  private static boolean fits(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
      return false;
    }
    byte[] words = {1, 2, 3};
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(words);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(words);
    return signature.verify(signed);
  }

  /** A secret that others on this machine can read is none. */
  static Finding privacy(Path file) {
    String what = "secret " + file;
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      boolean open =
          permissions.contains(PosixFilePermission.OTHERS_READ)
              || permissions.contains(PosixFilePermission.GROUP_READ);
      return open
          ? Finding.warn(what, "others may read it", "chmod 600 " + file)
          : Finding.ok(what, "only its owner may read it");
    } catch (IOException | UnsupportedOperationException e) {
      return Finding.warn(what, "who may read it is unknown: " + e, "look at it yourself");
    }
  }
}
