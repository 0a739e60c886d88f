package io.weir.operators.source.file;

import org.apache.flink.core.fs.Path;

/**
 * How files are named in records, state and messages: a local file by its path, any other by its
 * URI.
 */
final class FileNames {

  private static final String LOCAL = "file";

  private FileNames() {}

  static String name(Path path) {
    String scheme = path.toUri().getScheme();
    return LOCAL.equals(scheme) ? path.getPath() : path.toString();
  }

  /** The inverse of {@link #name}. */
  static Path path(String name) {
    return name.startsWith("/") ? new Path(LOCAL, null, name) : new Path(name);
  }
}
