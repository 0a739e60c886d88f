package io.weir.jobs.letters;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Dead letters as lines of JSON in the files of a folder; hidden files are not committed. */
final class LetterFiles implements LetterPlace {

  static final int MAX_LINE_BYTES = 128 << 20;

  private final Path folder;

  LetterFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public void read(Consumer<Letter> reader) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder + ": there is no such folder of dead letters");
    }
    LetterRows rows = new LetterRows(reader);
    for (Path file : files()) {
      lines(file, rows::row);
    }
    rows.end();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).filter(LetterFiles::isCommitted).sorted().toList();
    }
  }

  private static boolean isCommitted(Path file) {
    String name = String.valueOf(file.getFileName());
    return !name.startsWith(".") && name.endsWith(".jsonl");
  }

  /** Takes a line and its place. */
  interface Lines {
    void line(byte[] bytes, String place) throws IOException;
  }

  static void lines(Path file, Lines reader) throws IOException {
    int number = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next != '\n') {
          line.write(next);
          if (line.size() > MAX_LINE_BYTES) {
            throw new IOException(file + ": a line of more than " + MAX_LINE_BYTES + " bytes");
          }
        } else {
          number++;
          take(line, file + ":" + number, reader);
        }
      }
      take(line, file + ":" + (number + 1), reader);
    }
  }

  private static void take(ByteArrayOutputStream line, String place, Lines reader)
      throws IOException {
    byte[] bytes = line.toByteArray();
    line.reset();
    if (bytes.length > 0) {
      reader.line(bytes, place);
    }
  }

  @Override
  public String toString() {
    return "folder " + folder;
  }
}
