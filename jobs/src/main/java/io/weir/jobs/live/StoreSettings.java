package io.weir.jobs.live;

import io.weir.jobs.settings.Section;
import io.weir.operators.epoch.StoreProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads {@code store}: nodes somewhere, a client file that names them, or a node of its own. */
final class StoreSettings {

  private static final String EMBEDDED = "embedded";
  private static final String DATA = "data";
  private static final String FILE = "file";
  private static final String NODES = "nodes";
  private static final String TRUST = "trust";
  private static final String TOKEN = "token";

  private final Section store;

  private StoreSettings(Section store) {
    this.store = store;
  }

  static StoreProvider read(Section store, String document) {
    StoreProvider provider = new StoreSettings(store).provider(document);
    store.done();
    return provider;
  }

  private StoreProvider provider(String document) {
    if (store.flag(EMBEDDED, false)) {
      return own(document);
    }
    if (store.has(DATA)) {
      store.problem(DATA, "is for embedded: true alone; other stores have their own");
    }
    if (store.has(FILE)) {
      refuse(FILE, "it names them all", NODES, TRUST, TOKEN);
      return byFile();
    }
    HttpStoreProvider provider = new HttpStoreProvider(nodes(), trust(), store.text(TOKEN));
    check(provider);
    return provider;
  }

  private OwnStore own(String document) {
    refuse(EMBEDDED, "it starts a node of its own", NODES, TRUST, TOKEN, FILE);
    String data = store.optionalText(DATA);
    Path folder =
        data == null
            ? Path.of(System.getProperty("java.io.tmpdir"), "weir-store-" + UUID.randomUUID())
            : Path.of(data);
    return new OwnStore(document, folder.toAbsolutePath().normalize().toString(), data != null);
  }

  private void refuse(String key, String why, String... others) {
    store.know(others);
    List<String> given = Stream.of(others).filter(store::has).toList();
    if (!given.isEmpty()) {
      store.problem(key, "goes without " + String.join(", ", given) + ": " + why);
    }
  }

  private HttpStoreProvider byFile() {
    try {
      return ClientFile.read(Path.of(store.text(FILE)).toAbsolutePath());
    } catch (IOException | IllegalArgumentException e) {
      store.problem(FILE, "is no client file of a store: " + e.getMessage());
      return new HttpStoreProvider(List.of(), "", "");
    }
  }

  private List<URI> nodes() {
    List<String> nodes = store.texts(NODES);
    if (nodes.isEmpty()) {
      store.problem(NODES, "is missing; it lists nodes such as https://127.0.0.1:7401");
    }
    return nodes.stream().flatMap(node -> uri(node).stream()).toList();
  }

  private Optional<URI> uri(String node) {
    try {
      return Optional.of(URI.create(node));
    } catch (IllegalArgumentException e) {
      store.problem(NODES, node + " must be https://host:port");
      return Optional.empty();
    }
  }

  private String trust() {
    if (!store.has(TRUST)) {
      store.problem(TRUST, "is missing; it names a file of certificates, PEM");
    }
    return LiveSettings.file(store, TRUST).orElse("");
  }

  private void check(HttpStoreProvider provider) {
    if (provider.nodes().isEmpty() || provider.authority().isEmpty()) {
      return;
    }
    try {
      var unused = provider.settings();
    } catch (IOException | IllegalArgumentException e) {
      store.problem(NODES, String.valueOf(e.getMessage()));
    }
  }
}
