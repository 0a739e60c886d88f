package io.weir.consensus.register;

import io.weir.consensus.Compression;
import io.weir.consensus.Limits;
import io.weir.consensus.Revision;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A version as it lies in memory.
 *
 * @param revision without its document
 * @param content the compressed document; null for a tombstone and for compacted content
 */
public record Stored(Revision revision, byte @Nullable [] content) {

  /** Objects, hashes and places in maps of a version, about. */
  private static final int FIXED_BYTES = 900;

  /** The version without its content, as bytes. */
  public byte[] about() {
    return Binary.bytes(out -> Binary.writeRevision(out, revision));
  }

  /**
   * Reads a version that {@link #about} wrote.
   *
   * @throws IllegalArgumentException at anything else
   */
  public static Stored of(byte[] about, byte @Nullable [] content) {
    return new Stored(Binary.parsed("a version", about, Binary::readRevision), content);
  }

  Revision open() {
    return content == null ? revision : revision.withDocument(decompress(content));
  }

  Stored withoutContent() {
    return new Stored(revision, null);
  }

  /** What it takes of a node's memory, about; the same on every node. */
  int bytes() {
    return FIXED_BYTES
        + revision.author().length()
        + revision.reason().length()
        + revision.requestId().length()
        + (content == null ? 0 : content.length);
  }

  static String decompress(byte[] compressed) {
    return new String(
        Compression.inflate(compressed, Limits.DOCUMENT_BYTES), StandardCharsets.UTF_8);
  }
}
