package io.weir.operators.source.ordered;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Sorted entries in a file.
 *
 * @param file holds them
 * @param entries how many
 */
record Run(Path file, long entries) {

  private static final int BUFFER_BYTES = 64 * 1024;

  void delete() throws IOException {
    Files.delete(file);
  }

  /** Writes a run, entry by entry. */
  static final class Writer implements Closeable {

    private final Path file;
    private final DataOutputStream out;
    private long entries;

    Writer(Path folder) throws IOException {
      file = Files.createTempFile(folder, "run", "");
      out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
    }

    void add(Entry entry) throws IOException {
      entry.write(out);
      entries++;
    }

    Run finish() throws IOException {
      out.close();
      return new Run(file, entries);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /** Reads a run; stands at its first entry from the start. */
  static final class Reader implements Closeable, Comparable<Reader> {

    private final DataInputStream in;
    private final String origin;
    private long left;
    private @Nullable Entry head;

    Reader(Run run, String origin) throws IOException {
      in =
          new DataInputStream(
              new BufferedInputStream(Files.newInputStream(run.file), BUFFER_BYTES));
      this.origin = origin;
      left = run.entries;
      advance();
    }

    /** The entry that {@link #advance()} read, or null at the end. */
    @Nullable Entry head() {
      return head;
    }

    void advance() throws IOException {
      head = left == 0 ? null : Entry.read(in, origin);
      left--;
    }

    @Override
    public int compareTo(Reader other) {
      if (head == null || other.head == null) {
        throw new IllegalStateException("a run at its end is not merged any more");
      }
      return head.compareTo(other.head);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
