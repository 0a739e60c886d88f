package io.weir.consensus.server.raft;

import java.nio.file.Path;

/**
 * Mutual TLS between nodes. Whoever is trusted here can vote, so the trust store holds the nodes'
 * own authority and nothing else.
 *
 * @param keyStore the node's key and certificate, PKCS#12
 * @param keyStorePassword opens the key store and the key
 * @param trustStore the authority of the nodes, PKCS#12
 * @param trustStorePassword opens the trust store
 */
public record RaftTls(
    Path keyStore, String keyStorePassword, Path trustStore, String trustStorePassword) {

  /** Without the passwords. */
  @Override
  public String toString() {
    return "RaftTls[keyStore=" + keyStore + ", trustStore=" + trustStore + "]";
  }
}
