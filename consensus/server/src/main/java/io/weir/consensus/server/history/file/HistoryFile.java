package io.weir.consensus.server.history.file;

import io.weir.consensus.server.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a history, whichever of the known formats its file has. */
public final class HistoryFile {

  /** More do not fit into memory: about 1 GB. */
  static final int MAX_OPERATIONS = 5_000_000;

  private HistoryFile() {}

  /**
   * Reads all of a file.
   *
   * @throws UnreadableHistory when it is no history
   * @throws IOException when the disk fails
   */
  public static History<?, ?, ?> read(Path file) throws IOException, UnreadableHistory {
    if (Files.isDirectory(file)) {
      throw new UnreadableHistory(file, "is a folder; a file is needed");
    }
    try (Lines lines = new Lines(file)) {
      if (!lines.next()) {
        throw new UnreadableHistory(file, "is empty");
      }
      return read(lines);
    } catch (NoSuchFileException e) {
      throw new UnreadableHistory(file, "there is no such file");
    }
  }

  private static History<?, ?, ?> read(Lines lines) throws IOException, UnreadableHistory {
    if (lines.text().startsWith("{")) {
      return new StoreLog(lines).read();
    }
    if (lines.text().startsWith("INFO")) {
      return new EtcdLog(lines).read();
    }
    throw lines.unreadable(
        lines.text(),
        "as first line " + StoreLog.HEADER + ", or 'INFO  jepsen.util - ...' of an etcd history");
  }
}
