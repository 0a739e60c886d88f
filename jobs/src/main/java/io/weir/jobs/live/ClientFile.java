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

/** Reads the client file of a store, as {@code weir server} makes it: {@code store.file}. */
final class ClientFile {

  private ClientFile() {}

  static HttpStoreProvider read(Section store) {
    Path file = Path.of(store.text("file")).toAbsolutePath();
    try {
      Problems problems = new Problems();
      Section client = new SettingsFile(problems, name -> null).read(file, List.of());
      List<String> nodes = client.texts("nodes");
      String authority = client.text("authority");
      String token = client.text("token-file");
      problems.throwIfAny();
      HttpStoreProvider provider =
          new HttpStoreProvider(
              nodes.stream().map(URI::create).toList(),
              Files.readString(file.resolveSibling(authority)),
              Files.readString(file.resolveSibling(token)).strip());
      var unused = provider.settings();
      return provider;
    } catch (IOException | IllegalArgumentException | InvalidSettingsException e) {
      store.problem("file", "is no client file of a store: " + e.getMessage());
      return new HttpStoreProvider(List.of(), "", "");
    }
  }
}
