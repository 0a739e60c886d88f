package io.weir.jobs.anomaly;

import io.weir.operators.source.Cursor;
import io.weir.operators.source.Origin;
import io.weir.operators.source.Origins;
import io.weir.operators.source.Position;
import io.weir.operators.source.file.FileOrigins;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.Path;

/**
 * The CSV files of a folder, searched to any depth, {@code .csv.gz} too; other files are passed
 * over, and so are names that begin with a dot or an underscore.
 *
 * @param folder absolute, or a URI of any of Flink's file systems; may be a single file
 * @param maxRecordBytes a longer row becomes a dead letter
 */
record SeriesFiles(String folder, int maxRecordBytes) implements Origins {

  private static final long serialVersionUID = 1;

  private static final String CSV = ".csv";
  private static final String GZIP = ".gz";

  private FileOrigins files() {
    return new FileOrigins(List.of(folder), SeriesFormat.framing(), maxRecordBytes);
  }

  @Override
  public List<Origin> list() throws IOException {
    List<Origin> found =
        files().list().stream().filter(file -> uncompressed(file.name()).endsWith(CSV)).toList();
    if (found.isEmpty()) {
      throw new IOException("there is no CSV file in " + folder);
    }
    refuseNamesakes(found);
    return found;
  }

  private void refuseNamesakes(List<Origin> files) throws IOException {
    Map<String, String> origins = new HashMap<>();
    for (Origin file : files) {
      String other = origins.put(mirrored(file.name()), file.name());
      if (other != null) {
        throw new IOException(other + " and " + file.name() + " would be written to the same file");
      }
    }
  }

  @Override
  public Cursor open(Origin origin, Position from) throws IOException {
    return files().open(origin, from);
  }

  /** Where a file's scores go, below the folder that is written. */
  String mirrored(String name) {
    Path root = new Path(folder);
    String scheme = root.toUri().getScheme();
    String prefix = scheme == null || scheme.equals("file") ? root.getPath() : root.toString();
    String below = name.startsWith(prefix + "/") ? name.substring(prefix.length() + 1) : name;
    return uncompressed(name.equals(prefix) ? new Path(name).getName() : below);
  }

  private static String uncompressed(String name) {
    return name.endsWith(GZIP) ? name.substring(0, name.length() - GZIP.length()) : name;
  }
}
