package io.weir.jobs.input;

import io.weir.jobs.formats.CsvSettings;
import io.weir.jobs.formats.FormatSettings;
import io.weir.jobs.settings.Section;
import io.weir.operators.source.ClockedSource;
import io.weir.operators.source.Origin;
import io.weir.operators.source.StaticSource;
import io.weir.operators.source.file.FileInput;
import io.weir.operators.source.file.FileOrigins;
import io.weir.operators.source.file.Framing;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Files, read once from their beginning to their end.
 *
 * @param paths files and folders, local or of any of Flink's file systems; folders are searched to
 *     any depth, names that begin with a dot or an underscore left out; {@code .gz} is uncompressed
 * @param maxRecordBytes a longer record becomes a dead letter
 */
record FileSourceSettings(List<String> paths, int maxRecordBytes) implements SourceSettings {

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
    return new FileSourceSettings(paths, (int) bytes);
  }

  @Override
  public FormatSettings format(Section section, Section job) {
    return FormatSettings.read(section, job, this::firstFile);
  }

  private InputStream firstFile() throws IOException {
    List<Origin> files = new FileOrigins(paths, Framing.lines(), maxRecordBytes).list();
    if (files.isEmpty()) {
      throw new FileNotFoundException("there is no file in " + paths);
    }
    return FileInput.open(files.get(0).name(), 0);
  }

  @Override
  public ClockedSource<?, ?> source(FormatSettings format) {
    return new ClockedSource<>(
        new StaticSource(new FileOrigins(paths, framing(format), maxRecordBytes)));
  }

  private static Framing framing(FormatSettings format) {
    CsvSettings csv = format.csv();
    return switch (format.framing()) {
      case LINES -> Framing.lines();
      case CSV -> Framing.csv(csv.separator(), csv.quote(), csv.header());
      case AVRO -> new AvroFraming(format.avroSchema());
    };
  }
}
