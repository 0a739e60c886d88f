package io.weir.jobs.input;

import io.weir.jobs.formats.CsvSettings;
import io.weir.jobs.formats.FormatSettings;
import io.weir.jobs.formats.TimeSettings;
import io.weir.jobs.settings.Section;
import io.weir.operators.source.ClockedSource;
import io.weir.operators.source.Origin;
import io.weir.operators.source.Origins;
import io.weir.operators.source.Position;
import io.weir.operators.source.StaticSource;
import io.weir.operators.source.file.FileInput;
import io.weir.operators.source.file.FileOrigins;
import io.weir.operators.source.file.Framing;
import io.weir.operators.source.ordered.OrderedOrigins;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Files, read once from their beginning to their end. Folders are searched to any depth, names that
 * begin with a dot or an underscore left out; {@code .gz} is uncompressed. Files that appear after
 * the start are not read.
 *
 * @param paths absolute files and folders, or URIs of any of Flink's file systems
 * @param orderBy columns that all records are sorted by, the most important first; empty: they are
 *     read as they stand
 * @param maxRecordBytes a longer record becomes a dead letter
 */
record FileSourceSettings(List<String> paths, List<String> orderBy, int maxRecordBytes)
    implements SourceSettings {

  /** Opening takes a moment for each, on remote file systems a long one. */
  private static final int MOST_TRIED_FILES = 1000;

  static FileSourceSettings read(Section section) {
    List<String> paths = section.texts("path");
    if (paths.isEmpty()) {
      section.problem("path", "is missing");
    }
    long bytes =
        section.integer(
            "max-record-bytes",
            FileOrigins.DEFAULT_MAX_RECORD_BYTES,
            1,
            FileOrigins.LARGEST_MAX_RECORD_BYTES);
    return new FileSourceSettings(
        paths.stream().map(FileSourceSettings::absolute).toList(),
        section.texts("order-by"),
        (int) bytes);
  }

  /** A relative path starts where the job is submitted, not where its tasks happen to run. */
  private static String absolute(String path) {
    return path.contains("://") || path.startsWith("file:")
        ? path
        : Path.of(path).toAbsolutePath().normalize().toString();
  }

  @Override
  public FormatSettings format(Section section, Section job) {
    FormatSettings format = FormatSettings.read(section, job, this::firstFile);
    for (String column : orderBy) {
      if (format.schema().size() > 0 && format.schema().indexOf(column) < 0) {
        section.problem(
            "order-by", "there is no column " + column + "; there are " + format.schema().names());
      }
    }
    if (format.isToldByFiles()) {
      requireAlike(section, format);
    }
    return format;
  }

  /**
   * Begins to read the files, so that one with other columns is refused before the job starts. Each
   * is checked again when the job opens it.
   */
  private void requireAlike(Section section, FormatSettings format) {
    FileOrigins files = files(framing(format));
    try {
      List<Origin> listed = files.list();
      for (Origin file : listed.subList(0, Math.min(MOST_TRIED_FILES, listed.size()))) {
        files.open(file, Position.START).close();
      }
    } catch (IOException e) {
      section.problem("path", String.valueOf(e.getMessage()));
    }
  }

  /** The first one that may say something: an empty file has no header, and needs none. */
  private InputStream firstFile() throws IOException {
    List<Origin> files = files(Framing.lines()).list();
    if (files.isEmpty()) {
      throw new FileNotFoundException("there is no file in " + paths);
    }
    Origin first =
        files.stream().filter(file -> file.work() > 0).findFirst().orElseGet(() -> files.get(0));
    return FileInput.open(first.name(), 0);
  }

  private FileOrigins files(Framing framing) {
    return new FileOrigins(paths, framing, maxRecordBytes);
  }

  @Override
  public boolean canFallSilent() {
    return false;
  }

  @Override
  public ClockedSource<?, ?> source(FormatSettings format, TimeSettings time) {
    FileOrigins files = files(framing(format));
    return new ClockedSource<>(
        new StaticSource(orderBy.isEmpty() ? files : ordered(files, format, time)));
  }

  private Origins ordered(FileOrigins files, FormatSettings format, TimeSettings time) {
    try {
      return new OrderedOrigins(
          String.join(",", paths),
          files.list(),
          files,
          new RowSortKey(format, time, orderBy),
          OrderedOrigins.DEFAULT_MEMORY_BYTES,
          System.getProperty("java.io.tmpdir"));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static Framing framing(FormatSettings format) {
    CsvSettings csv = format.csv();
    return switch (format.framing()) {
      case LINES -> Framing.lines();
      case CSV -> Framing.csv(csv.separator(), csv.quote(), format.csvHeader());
      case AVRO -> new AvroFraming(format.avroSchema());
      case LENGTHS -> Framing.lengths();
    };
  }
}
