package io.weir.consensus.server.certificates;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority (RFC 5280) with keys on the curve P-256. It is valid for ten years, what
 * it signs for 825 days, both from an hour ago, for clocks that differ.
 */
final class Authority {

  static final Duration VALIDITY = Duration.ofDays(3_650);
  static final Duration SIGNED_VALIDITY = Duration.ofDays(825);

  private static final Duration CLOCK_DIFFERENCE = Duration.ofHours(1);
  private static final Pattern ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}|.*:.*");

  private final SecureRandom random;
  private final Instant now;
  private final Identity identity;

  /** A key and its certificate. */
  record Identity(KeyPair keys, X509Certificate certificate) {}

  private Authority(SecureRandom random, Instant now, Identity identity) {
    this.random = random;
    this.now = now;
    this.identity = identity;
  }

  static Authority create(String name, SecureRandom random, Instant now)
      throws GeneralSecurityException, IOException {
    KeyPair keys = keys(random);
    X509v3CertificateBuilder certificate =
        certificate(name(name), name(name), keys, random, now, VALIDITY);
    certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    certificate.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    return new Authority(random, now, new Identity(keys, signed(certificate, keys)));
  }

  /**
   * Issues a certificate for both sides of a connection.
   *
   * @param hosts names and addresses under which its holder is reached
   */
  Identity issue(String name, List<String> hosts) throws GeneralSecurityException, IOException {
    KeyPair keys = keys(random);
    X500Name issuer =
        X500Name.getInstance(identity.certificate.getSubjectX500Principal().getEncoded());
    X509v3CertificateBuilder certificate =
        certificate(issuer, name(name), keys, random, now, SIGNED_VALIDITY);
    certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    certificate.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    certificate.addExtension(
        Extension.extendedKeyUsage,
        false,
        new ExtendedKeyUsage(
            new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
    certificate.addExtension(Extension.subjectAlternativeName, false, names(hosts));
    return new Identity(keys, signed(certificate, identity.keys));
  }

  X509Certificate certificate() {
    return identity.certificate;
  }

  KeyPair keys() {
    return identity.keys;
  }

  private static KeyPair keys(SecureRandom random) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  private static X500Name name(String name) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
  }

  private static GeneralNames names(List<String> hosts) {
    return new GeneralNames(
        hosts.stream()
            .map(
                host ->
                    new GeneralName(
                        isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName, host))
            .toArray(GeneralName[]::new));
  }

  private static boolean isAddress(String host) {
    return ADDRESS.matcher(host).matches();
  }

  private static X509v3CertificateBuilder certificate(
      X500Name issuer,
      X500Name subject,
      KeyPair keys,
      SecureRandom random,
      Instant now,
      Duration validity) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, random),
        Date.from(now.minus(CLOCK_DIFFERENCE)),
        Date.from(now.plus(validity)),
        subject,
        keys.getPublic());
  }

  private static X509Certificate signed(X509v3CertificateBuilder certificate, KeyPair keys)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              certificate.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException("the key cannot sign", e);
    }
  }
}
