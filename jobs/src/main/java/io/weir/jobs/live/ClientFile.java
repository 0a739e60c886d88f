package io.weir.jobs.live;

import io.weir.jobs.settings.InvalidSettingsException;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the client file of a store, as {@code weir server} makes it. */
final class ClientFile {

  private ClientFile() {}

  /**
   * Reads a file.
   *
   * @throws IOException if it, or a file that it names, cannot be read
   * @throws IllegalArgumentException if something in it cannot be used
   */
  static HttpStoreProvider read(Path file) throws IOException {
    Problems problems = new Problems();
    Section client = new SettingsFile(problems, name -> null).read(file, List.of());
    List<String> nodes = client.texts("nodes");
    String authority = client.text("authority");
    String token = client.text("token-file");
    throwIfAny(problems);
    HttpStoreProvider provider =
        new HttpStoreProvider(
            nodes.stream().map(URI::create).toList(),
            Files.readString(file.resolveSibling(authority)),
            Files.readString(file.resolveSibling(token)).strip());
    var unused = provider.settings();
    return provider;
  }

  private static void throwIfAny(Problems problems) {
    try {
      problems.throwIfAny();
    } catch (InvalidSettingsException e) {
      throw new IllegalArgumentException(String.join("; ", e.problems()), e);
    }
  }
}
