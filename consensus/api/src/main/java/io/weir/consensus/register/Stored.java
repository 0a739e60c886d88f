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
record Stored(Revision revision, byte @Nullable [] content) {

  /** Objects, hashes and places in maps of a version, about. */
  private static final int FIXED_BYTES = 900;

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
