package io.weir.consensus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
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
    Covered covered = new Covered();
    covered.add(revision.previousHash());
    covered.add(revision.job());
    covered.add(revision.version());
    covered.add(revision.kind().name());
    covered.add(revision.time().toEpochMilli());
    covered.add(revision.author());
    covered.add(revision.reason());
    covered.add(revision.requestId());
    covered.add(revision.rolledBackTo());
    covered.add(revision.documentHash());
    VersionId abandoned = revision.abandoned();
    if (abandoned != null) {
      covered.add(abandoned.version());
      covered.add(abandoned.hash());
    }
    return hex(covered.digest());
  }

  /** Whether one version directly follows another in the same history. */
  public static boolean follows(Revision next, Revision previous) {
    return next.version() == previous.version() + 1
        && next.job().equals(previous.job())
        && next.previousHash().equals(previous.hash())
        && next.hash().equals(hash(next));
  }

  /**
   * What a hash covers, gathered and hashed at once: a start hashes every version that is kept, and
   * a digest takes longer over many small parts.
   */
  private static final class Covered {

    private static final int USUAL_BYTES = 512;

    private byte[] bytes = new byte[USUAL_BYTES];
    private int length;

    /** With its length before it, so that no two lists of texts look the same. */
    void add(String text) {
      byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
      ByteBuffer target = room(Integer.BYTES + encoded.length);
      target.putInt(encoded.length).put(encoded);
    }

    void add(long number) {
      room(Long.BYTES).putLong(number);
    }

    private ByteBuffer room(int more) {
      if (length + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * (length + more));
      }
      length += more;
      return ByteBuffer.wrap(bytes, length - more, more);
    }

    byte[] digest() {
      MessageDigest digest = sha256();
      digest.update(bytes, 0, length);
      return digest.digest();
    }
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
