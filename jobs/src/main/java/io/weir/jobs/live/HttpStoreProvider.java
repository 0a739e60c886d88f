package io.weir.jobs.live;

import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.http.HttpStore;
import io.weir.consensus.http.HttpStoreSettings;
import io.weir.consensus.http.PemTls;
import io.weir.operators.epoch.StoreProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reaches a cluster of nodes over HTTPS. Carries what it needs, so that it works in a JobManager
 * that does not have the files which the settings name.
 *
 * @param nodes such as {@code https://127.0.0.1:7401}
 * @param authority the certificates that the nodes' own are checked against, PEM
 */
record HttpStoreProvider(List<URI> nodes, String authority, String token) implements StoreProvider {

  HttpStoreProvider {
    nodes = List.copyOf(nodes);
  }

  @Override
  public ConfigurationStore open() throws IOException {
    return new HttpStore(settings());
  }

  /** Throws an {@link IllegalArgumentException} in words for users, if something is wrong. */
  HttpStoreSettings settings() throws IOException {
    Path file = Files.createTempFile("weir-authority-", ".pem");
    try {
      Files.writeString(file, authority);
      return HttpStoreSettings.of(nodes, PemTls.context(file, null, null), token);
    } finally {
      Files.delete(file);
    }
  }

  /** Without the token, which must not get into logs. */
  @Override
  public String toString() {
    return "HttpStoreProvider[nodes=" + nodes + "]";
  }
}
