package io.weir.jobs.letters;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes mended records as the lines of a new file, for a job that reads files. It is there as a
 * whole or not at all, and the same letters make the same file.
 */
public final class FileReplay {

  /** In memory are their ids, about 200 bytes each. */
  static final int MOST_LETTERS = 1_000_000;

  private FileReplay() {}

  /**
   * Writes each letter once.
   *
   * @return how many records the file has
   * @throws IOException when a record holds a line break, since lines would not keep it apart; when
   *     there are more than {@value #MOST_LETTERS} letters
   */
  public static long write(Path mended, Path target) throws IOException {
    return write(mended, target, MOST_LETTERS);
  }

  static long write(Path mended, Path target, int most) throws IOException {
    Set<String> written = new HashSet<>();
    try (NewFile file = NewFile.ofAll(target)) {
      OutputStream out = new BufferedOutputStream(file.stream());
      MendedFile.read(
          mended,
          letter -> {
            if (written.add(letter.id())) {
              requireRoom(written, most, mended);
              line(letter, out);
            }
          });
      out.flush();
      file.finish();
      return written.size();
    }
  }

  private static void requireRoom(Set<String> written, int most, Path mended) throws IOException {
    if (written.size() > most) {
      throw new IOException(
          "%s: more than %,d letters, which one file cannot take; split it, and replay each part into a file of its own"
              .formatted(mended, most));
    }
  }

  private static void line(Letter letter, OutputStream out) throws IOException {
    for (byte each : letter.bytes()) {
      if (each == '\n') {
        throw new IOException(
            letter.id() + ": the record holds a line break; a file of lines cannot take it");
      }
    }
    out.write(letter.bytes());
    out.write('\n');
  }
}
