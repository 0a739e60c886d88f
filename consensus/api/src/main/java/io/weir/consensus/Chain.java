package io.weir.consensus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The hash chain of a job's versions. A version's hash covers its predecessor's, so two histories
 * that agree in one version's hash agree in all before it; a store that was set back and moved on
 * shows another hash under the same number.
 */
public final class Chain {

  /** Looking one up takes longer than to hash with it. */
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(Chain::newSha256);

  private Chain() {}

  /** SHA-256 of a document as it was written, in hex. */
  public static String hashDocument(String document) {
    return hex(sha256().digest(document.getBytes(StandardCharsets.UTF_8)));
  }

  /** The hash that a version must have. */
  public static String hash(Revision revision) {
    MessageDigest digest = sha256();
    add(digest, revision.previousHash());
    add(digest, revision.job());
    add(digest, revision.version());
    add(digest, revision.kind().name());
    add(digest, revision.time().toEpochMilli());
    add(digest, revision.author());
    add(digest, revision.reason());
    add(digest, revision.requestId());
    add(digest, revision.rolledBackTo());
    add(digest, revision.documentHash());
    VersionId abandoned = revision.abandoned();
    if (abandoned != null) {
      add(digest, abandoned.version());
      add(digest, abandoned.hash());
    }
    return hex(digest.digest());
  }

  /** Whether one version directly follows another in the same history. */
  public static boolean follows(Revision next, Revision previous) {
    return next.version() == previous.version() + 1
        && next.job().equals(previous.job())
        && next.previousHash().equals(previous.hash())
        && next.hash().equals(hash(next));
  }

  /** With its length before it, so that no two lists of texts look the same. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }

  private static void add(MessageDigest digest, long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
  }

  /** As new, whatever became of its last use. */
  private static MessageDigest sha256() {
    MessageDigest digest = SHA_256.get();
    digest.reset();
    return digest;
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
