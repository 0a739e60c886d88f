package io.weir.operators.source.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file, uncompressed if its name ends in {@code .gz}. Every error names the file and
 * the byte where it happened. Unbuffered: read in large pieces.
 */
public final class FileInput extends InputStream {

  private static final int SKIP_BYTES = 64 * 1024;

  private final String name;
  private final FSDataInputStream file;
  private final @Nullable GzipStream gzip;
  private final InputStream in;
  private long offset;

  private FileInput(String name, FSDataInputStream file) {
    this.name = name;
    this.file = file;
    gzip = name.toLowerCase(Locale.ROOT).endsWith(".gz") ? new GzipStream(file) : null;
    in = gzip == null ? file : gzip;
  }

  /**
   * Opens a file.
   *
   * @param name as {@link FileNames} writes it
   * @param offset how many bytes of the uncompressed content to leave out. A compressed file is
   *     uncompressed up to there
   * @throws IOException also if the file is shorter than that
   */
  public static FileInput open(String name, long offset) throws IOException {
    FileInput input = new FileInput(name, openFile(name));
    try {
      input.advance(offset);
      return input;
    } catch (IOException e) {
      input.close();
      throw e;
    }
  }

  private static FSDataInputStream openFile(String name) throws IOException {
    try {
      org.apache.flink.core.fs.Path path = FileNames.path(name);
      return FileSystem.get(path.toUri()).open(path);
    } catch (IOException e) {
      throw new IOException("cannot open " + name + ": " + e, e);
    }
  }

  private void advance(long target) throws IOException {
    if (gzip == null) {
      seek(target);
    } else {
      byte[] skipped = new byte[SKIP_BYTES];
      while (offset < target) {
        int count = read(skipped, 0, (int) Math.min(SKIP_BYTES, target - offset));
        if (count < 0) {
          throw failure(new EOFException("the file ends before byte " + target));
        }
      }
    }
  }

  private void seek(long target) throws IOException {
    if (target == 0) {
      return;
    }
    try {
      // The byte before the target must be there: a seek behind the end of a file succeeds.
      file.seek(target - 1);
      if (file.read() < 0) {
        throw new EOFException("the file ends before byte " + target);
      }
      offset = target;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    try {
      int count = in.read(target, from, length);
      offset += Math.max(0, count);
      return count;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private IOException failure(IOException cause) {
    String inside = gzip == null ? "" : " (compressed: near byte " + gzip.compressedBytes() + ")";
    return new IOException(
        "cannot read " + name + " at byte " + offset + inside + ": " + cause.getMessage(), cause);
  }

  public String name() {
    return name;
  }

  /** How many uncompressed bytes lie before the next one. */
  public long offset() {
    return offset;
  }

  /** How many bytes of the file itself, compressed or not, were used. */
  public long fileBytes() {
    return gzip == null ? offset : gzip.compressedBytes();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
