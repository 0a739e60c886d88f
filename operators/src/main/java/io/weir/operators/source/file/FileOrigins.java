package io.weir.operators.source.file;

import io.weir.operators.source.Cursor;
import io.weir.operators.source.Origin;
import io.weir.operators.source.Origins;
import io.weir.operators.source.Position;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The files at some paths, in the order of their names; folders are searched to any depth. Inside a
 * folder, names that begin with a dot or an underscore are left out. A file's work is its size in
 * bytes, compressed where it is.
 *
 * @param paths local paths or URIs of any of Flink's file systems
 * @param framing where records begin and end
 * @param maxRecordBytes a longer record is cut to this and marked as oversized. Too small: good
 *     records become dead letters; too large: a file without line feeds fills the memory
 */
public record FileOrigins(List<String> paths, Framing framing, int maxRecordBytes)
    implements Origins {

  /** One mebibyte. */
  public static final int DEFAULT_MAX_RECORD_BYTES = 1 << 20;

  /** Twice as much must fit into an array. */
  public static final int LARGEST_MAX_RECORD_BYTES = 1 << 28;

  public FileOrigins {
    paths = List.copyOf(paths);
    if (maxRecordBytes < 1 || maxRecordBytes > LARGEST_MAX_RECORD_BYTES) {
      throw new IllegalArgumentException("maxRecordBytes is " + maxRecordBytes);
    }
  }

  @Override
  public List<Origin> list() throws IOException {
    List<Origin> found = new ArrayList<>();
    for (String text : paths) {
      Path path = new Path(text);
      FileSystem fileSystem = FileSystem.get(path.toUri());
      collect(fileSystem, statusOf(fileSystem, path), found);
    }
    found.sort(Comparator.comparing(Origin::name));
    return found.stream().distinct().toList();
  }

  private static FileStatus statusOf(FileSystem fileSystem, Path path) throws IOException {
    try {
      return fileSystem.getFileStatus(path);
    } catch (FileNotFoundException e) {
      throw new IOException("no file or folder " + path, e);
    }
  }

  private static void collect(FileSystem fileSystem, FileStatus status, List<Origin> found)
      throws IOException {
    if (!status.isDir()) {
      found.add(new Origin(FileNames.name(status.getPath()), status.getLen()));
      return;
    }
    FileStatus[] children = fileSystem.listStatus(status.getPath());
    if (children == null) {
      throw new IOException("cannot list the folder " + FileNames.name(status.getPath()));
    }
    for (FileStatus child : children) {
      if (!isHidden(child.getPath().getName())) {
        collect(fileSystem, child, found);
      }
    }
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }

  @Override
  public Cursor open(Origin origin, Position from) throws IOException {
    return framing.open(origin.name(), from, maxRecordBytes);
  }
}
