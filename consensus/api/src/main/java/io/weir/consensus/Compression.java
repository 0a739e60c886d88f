package io.weir.consensus;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Deflate (RFC 1951) for documents, bounded in both directions. */
public final class Compression {

  private static final int CHUNK = 8 * 1024;

  private Compression() {}

  /** Compresses as well as deflate can. */
  public static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4 + 64);
      byte[] chunk = new byte[CHUNK];
      while (!deflater.finished()) {
        out.write(chunk, 0, deflater.deflate(chunk));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /**
   * Reads what {@link #deflate} wrote.
   *
   * @param maxBytes how many bytes may come out, so that a small damaged input cannot fill memory
   * @throws IllegalArgumentException when it is something else, or larger
   */
  public static byte[] inflate(byte[] compressed, int maxBytes) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(compressed);
      ByteArrayOutputStream out = new ByteArrayOutputStream(compressed.length * 4 + 64);
      byte[] chunk = new byte[CHUNK];
      while (!inflater.finished()) {
        int length = inflater.inflate(chunk);
        boolean stuck = length == 0 && !inflater.finished();
        if (stuck || out.size() + length > maxBytes) {
          throw new IllegalArgumentException(
              "not a compressed document of at most " + maxBytes + " bytes");
        }
        out.write(chunk, 0, length);
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("not a compressed document", e);
    } finally {
      inflater.end();
    }
  }
}
