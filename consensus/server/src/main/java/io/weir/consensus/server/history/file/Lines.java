package io.weir.consensus.server.history.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a UTF-8 text file, with their numbers; blank ones are left out. */
final class Lines implements AutoCloseable {

  static final int MAX_CHARACTERS = 10_000;

  private final Path file;
  private final BufferedReader reader;
  private String text = "";
  private int number;

  Lines(Path file) throws IOException {
    this.file = file;
    this.reader = Files.newBufferedReader(file);
  }

  /** Goes on to the next line. */
  boolean next() throws IOException, UnreadableHistory {
    for (String line = read(); line != null; line = read()) {
      number++;
      if (!line.isBlank()) {
        text = line;
        return true;
      }
    }
    return false;
  }

  private @Nullable String read() throws IOException, UnreadableHistory {
    try {
      StringBuilder line = new StringBuilder();
      int next = reader.read();
      if (next < 0) {
        return null;
      }
      for (; next >= 0 && next != '\n'; next = reader.read()) {
        line.append((char) next);
        checkLength(line);
      }
      return line.toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableHistory(file, "is not text in UTF-8");
    }
  }

  private void checkLength(StringBuilder line) throws UnreadableHistory {
    if (line.length() > MAX_CHARACTERS) {
      number++;
      throw unreadable(line.toString(), "lines of at most " + MAX_CHARACTERS + " characters");
    }
  }

  String text() {
    return text;
  }

  int number() {
    return number;
  }

  UnreadableHistory unreadable(String found, String allowed) {
    return new UnreadableHistory(file, number, found, allowed);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
