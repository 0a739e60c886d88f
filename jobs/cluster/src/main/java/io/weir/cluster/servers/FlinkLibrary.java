package io.weir.cluster.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lib folder of a Flink distribution, as Maven has settled it.
 *
 * @param version such as 2.2.1
 * @param classPath its jars
 */
public record FlinkLibrary(String version, String classPath) {

  private static final Pattern RUNTIME = Pattern.compile("flink-runtime-(\\d[^/]*)\\.jar");

  /**
   * Reads the libraries there are.
   *
   * @param files each with a class path in one line, joined as a class path is
   * @throws IOException if one cannot be read, or holds no Flink
   */
  public static List<FlinkLibrary> read(String files) throws IOException {
    List<FlinkLibrary> libraries = new ArrayList<>();
    for (String file : files.split(File.pathSeparator, -1)) {
      libraries.add(read(Path.of(file)));
    }
    return List.copyOf(libraries);
  }

  private static FlinkLibrary read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("Flink's class path is not in '" + file + "'; mvn package makes it");
    }
    String classPath = Files.readString(file).strip();
    Matcher runtime = RUNTIME.matcher(classPath);
    if (!runtime.find()) {
      throw new IOException("there is no flink-runtime in the class path of " + file);
    }
    return new FlinkLibrary(runtime.group(1), classPath);
  }

  /**
   * The one of a version.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static FlinkLibrary of(String version, List<FlinkLibrary> libraries) {
    return libraries.stream()
        .filter(library -> library.version().equals(version))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown Flink '"
                        + version
                        + "'; allowed: "
                        + String.join(
                            ", ", libraries.stream().map(FlinkLibrary::version).toList())));
  }
}
