package io.weir.consensus.server.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Mutual TLS between nodes. Whoever is trusted here can vote, so the trust store holds the nodes'
 * own authority and nothing else.
 *
 * @param keyStore the node's key and certificate, PKCS#12
 * @param keyStorePassword opens the key store and the key
 * @param trustStore the authority of the nodes, PKCS#12
 * @param trustStorePassword opens the trust store
 */
public record PeerTls(
    Path keyStore, String keyStorePassword, Path trustStore, String trustStorePassword) {

  /** For both sides of a connection. */
  public SSLContext context() throws IOException {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(load(keyStore, keyStorePassword), keyStorePassword.toCharArray());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(load(trustStore, trustStorePassword));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS between nodes cannot be set up with " + this, e);
    }
  }

  private static KeyStore load(Path file, String password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password.toCharArray());
    } catch (IOException e) {
      throw new IOException("key store " + file + ": " + e.getMessage(), e);
    }
    return store;
  }

  /** Without the passwords. */
  @Override
  public String toString() {
    return "PeerTls[keyStore=" + keyStore + ", trustStore=" + trustStore + "]";
  }
}
