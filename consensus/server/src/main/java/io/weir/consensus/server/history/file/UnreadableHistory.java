package io.weir.consensus.server.history.file;

import java.nio.file.Path;

/** A file that is no history. The message names the file, the line, what is there, what may be. */
public final class UnreadableHistory extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN_CHARACTERS = 120;

  UnreadableHistory(Path file, String problem) {
    super(file + ": " + problem);
  }

  /**
   * @param found quoted in the message
   */
  UnreadableHistory(Path file, int line, String found, String allowed) {
    super(file + ", line " + line + ": found " + quoted(found) + "; allowed: " + allowed);
  }

  private static String quoted(String found) {
    return found.length() <= SHOWN_CHARACTERS
        ? "'" + found + "'"
        : "'" + found.substring(0, SHOWN_CHARACTERS) + "...'";
  }
}
