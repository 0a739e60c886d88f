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

  private FileReplay() {}

  /**
   * Writes each letter once.
   *
   * @return how many records the file has
   * @throws IOException when a record holds a line break, since lines would not keep it apart
   */
  public static long write(Path mended, Path target) throws IOException {
    Set<String> written = new HashSet<>();
    try (NewFile file = NewFile.ofAll(target)) {
      OutputStream out = new BufferedOutputStream(file.stream());
      MendedFile.read(
          mended,
          letter -> {
            if (written.add(letter.id())) {
              line(letter, out);
            }
          });
      out.flush();
      file.finish();
      return written.size();
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
