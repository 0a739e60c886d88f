package io.weir.jobs.connectors;

import io.weir.jobs.encoding.RowFormat;
import io.weir.jobs.settings.Section;
import io.weir.operators.row.Row;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;

/**
 * Rows in the files of one folder. A file appears under its name, by renaming, when the checkpoint
 * that holds its rows is complete; until then it is hidden, its name beginning with a dot. What a
 * failed attempt leaves stays hidden.
 *
 * @param path a folder, or its URI in any file system that Flink knows; made where missing
 * @param maxFileBytes a file is closed when it has about this size; each checkpoint closes all
 */
public record FileSinkSettings(String path, RowFormat format, long maxFileBytes)
    implements SinkSettings {

  private static final long DEFAULT_MAX_FILE_BYTES = 256L << 20;
  private static final long SMALLEST_MAX_FILE_BYTES = 1L << 10;

  static FileSinkSettings read(Section section, List<RowFormat> formats) {
    return new FileSinkSettings(
        section.text("path"),
        SinkSettings.readFormat(section, formats),
        section.integer(
            "max-file-bytes", DEFAULT_MAX_FILE_BYTES, SMALLEST_MAX_FILE_BYTES, Long.MAX_VALUE));
  }

  /** A folder of that name inside. */
  @Override
  public FileSinkSettings part(String name) {
    return new FileSinkSettings(path + "/" + name, format, maxFileBytes);
  }

  @Override
  public Sink<Row> sink(Table table) {
    return FileSink.forBulkFormat(folder(path), new SinkFiles(format, table.schema()))
        .withBucketAssigner(new BasePathBucketAssigner<>())
        .withRollingPolicy(new SinkFileRolling(maxFileBytes))
        .withOutputFileConfig(
            OutputFileConfig.builder()
                .withPartPrefix(table.name().replaceAll("[^A-Za-z0-9_-]", "_"))
                .withPartSuffix(format.suffix())
                .build())
        .build();
  }

  /** A relative path starts where the job is submitted, not where its tasks happen to run. */
  public static Path folder(String path) {
    Path given = new Path(path);
    return given.toUri().getScheme() == null
        ? new Path(java.nio.file.Path.of(path).toAbsolutePath().normalize().toString())
        : given;
  }
}
