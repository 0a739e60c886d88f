package io.weir.jobs.savepoints;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A savepoint as it is kept: its one file, compressed, a list of its states, and what the job had
 * written until then.
 *
 * @param folder holds the three
 */
record KeptSavepoint(Path folder) {

  private static final String METADATA = "_metadata";

  private Path state() {
    return folder.resolve("savepoint.gz");
  }

  private Path listed() {
    return folder.resolve("states.txt");
  }

  /** The states of its operators, as they are listed. */
  List<String> states() throws IOException {
    return Files.readAllLines(listed());
  }

  /** What the job had written when it stopped. */
  Path output() {
    return folder.resolve("out");
  }

  /**
   * Keeps a savepoint.
   *
   * @param made Flink's folder, which holds all state in one file
   * @param states that it has
   * @param written by the job
   */
  void keep(Path made, List<String> states, Path written) throws IOException {
    Folders.clear(folder);
    Files.createDirectories(folder);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(state()))) {
      out.write(withoutPlace(Files.readAllBytes(made.resolve(METADATA)), made));
    }
    Files.write(listed(), states);
    Folders.replace(output(), written);
  }

  /** States have the path where they were made as names, which nobody reads: it says nothing. */
  private static byte[] withoutPlace(byte[] metadata, Path made) {
    String place = Objects.requireNonNull(made.getParent()).toUri().getPath();
    return new String(metadata, StandardCharsets.ISO_8859_1)
        .replace(place, "/" + "-".repeat(place.length() - 2) + "/")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Makes a folder of Flink's of it; returns it. */
  Path unpack(Path target) throws IOException {
    Folders.clear(target);
    Files.createDirectories(target);
    byte[] packed = Files.readAllBytes(state());
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      Files.copy(in, target.resolve(METADATA));
    }
    return target.toAbsolutePath();
  }
}
