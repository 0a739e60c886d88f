package io.weir.consensus.server.certificates;

import io.weir.consensus.server.access.Role;
import java.nio.file.Path;

/**
 * Where things lie in a folder that {@link CertificateMaker} made.
 *
 * <pre>
 * front-authority.pem      what clients trust
 * tokens.yaml              what nodes know of the tokens
 * tokens/ROLE.token        the tokens themselves
 * authorities/             both authorities, with their keys
 * nodes/NAME/              front.pem front.key, raft.pem raft.key nodes-authority.pem,
 *                          raft.p12 raft-trust.p12 raft.password
 * </pre>
 */
public record CertificateFolder(Path folder) {

  public Path frontAuthority() {
    return folder.resolve("front-authority.pem");
  }

  /** For {@link io.weir.consensus.server.access.TokenFile}. */
  public Path tokens() {
    return folder.resolve("tokens.yaml");
  }

  /** The token of a role, in one line. */
  public Path token(Role role) {
    return folder.resolve("tokens").resolve(role.word() + ".token");
  }

  public Path frontCertificate(String node) {
    return node(node).resolve("front.pem");
  }

  public Path frontKey(String node) {
    return node(node).resolve("front.key");
  }

  public Path raftCertificate(String node) {
    return node(node).resolve("raft.pem");
  }

  public Path raftKey(String node) {
    return node(node).resolve("raft.key");
  }

  /** What nodes trust each other by. */
  public Path nodesAuthority(String node) {
    return node(node).resolve("nodes-authority.pem");
  }

  /** PKCS#12: the node's key and certificate for the Raft port. */
  public Path raftKeyStore(String node) {
    return node(node).resolve("raft.p12");
  }

  /** PKCS#12: the authority of nodes. */
  public Path raftTrustStore(String node) {
    return node(node).resolve("raft-trust.p12");
  }

  /** The password of both stores and of the key, in one line. */
  public Path raftPassword(String node) {
    return node(node).resolve("raft.password");
  }

  Path node(String node) {
    return folder.resolve("nodes").resolve(node);
  }

  Path authorities() {
    return folder.resolve("authorities");
  }
}
