package io.weir.jobs.anomaly;

import io.weir.jobs.connectors.SinkSettings;
import io.weir.jobs.settings.Section;
import io.weir.operators.source.Origin;
import io.weir.operators.source.Position;
import io.weir.operators.source.file.FileOrigins;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the anomaly job. The detector has none.
 *
 * @param files what is read
 * @param folder where the scores go, absolute or a URI
 * @param deadLetters where rows go that cannot be read; null: nowhere, they are counted only
 */
record AnomalySettings(SeriesFiles files, String folder, @Nullable SinkSettings deadLetters) {

  /** Opening takes a moment for each, on remote file systems a long one. */
  private static final int MOST_TRIED_FILES = 1000;

  /** Reads the settings; what is returned is used only if nothing was wrong. */
  static AnomalySettings read(Section job) {
    Section source = job.section("source");
    Section from = source.section("file");
    SeriesFiles files = files(from);
    Section sink = job.section("sink");
    Section to = sink.section("file");
    String folder = absolute(to.text("path"));
    if (isInside(folder, files.folder())) {
      to.problem("path", "must not lie in what is read, " + files.folder());
    }
    List.of(from, source, to, sink).forEach(Section::done);
    return new AnomalySettings(files, folder, deadLetters(job));
  }

  private static @Nullable SinkSettings deadLetters(Section job) {
    return job.has("dead-letters")
        ? SinkSettings.read(job.section("dead-letters"), AnomalyJob.NAME + "-dead-letters")
        : null;
  }

  private static SeriesFiles files(Section section) {
    String path = section.text("path");
    long bytes =
        section.integer(
            "max-record-bytes",
            FileOrigins.DEFAULT_MAX_RECORD_BYTES,
            1,
            FileOrigins.LARGEST_MAX_RECORD_BYTES);
    SeriesFiles files = new SeriesFiles(absolute(path), (int) bytes);
    if (!path.isEmpty()) {
      tryToRead(section, files);
    }
    return files;
  }

  /** Begins to read the files, so that one with other columns is refused before the job starts. */
  private static void tryToRead(Section section, SeriesFiles files) {
    try {
      List<Origin> listed = files.list();
      for (Origin file : listed.subList(0, Math.min(MOST_TRIED_FILES, listed.size()))) {
        files.open(file, Position.START).close();
      }
    } catch (IOException e) {
      section.problem("path", String.valueOf(e.getMessage()));
    }
  }

  /** A relative path starts where the job is submitted, not where its tasks happen to run. */
  private static String absolute(String path) {
    return path.contains("://") || path.startsWith("file:")
        ? path
        : Path.of(path).toAbsolutePath().normalize().toString();
  }

  private static boolean isInside(String path, String folder) {
    return (path + "/").startsWith(folder + "/");
  }
}
