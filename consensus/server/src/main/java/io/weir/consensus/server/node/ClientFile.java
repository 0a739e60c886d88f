package io.weir.consensus.server.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.consensus.StoreException.InvalidConfiguration;
import io.weir.consensus.StoreException.Violation;
import io.weir.consensus.http.HttpStoreSettings;
import io.weir.consensus.http.PemTls;
import io.weir.consensus.server.schema.YamlDocument;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a client finds its cluster, as YAML; paths are relative to the file:
 *
 * <pre>
 * nodes: [https://127.0.0.1:7401, https://127.0.0.1:7402]
 * authority: front-authority.pem
 * token-file: admin.token
 * </pre>
 *
 * The environment's {@value #TOKEN} takes the place of the token file.
 */
public final class ClientFile {

  public static final String TOKEN = "WEIR_TOKEN";

  private final Path file;
  private final Map<String, String> environment;

  public ClientFile(Path file, Map<String, String> environment) {
    this.file = file;
    this.environment = environment;
  }

  /** Reads the file, or throws an {@link IllegalArgumentException} that names it and the key. */
  public HttpStoreSettings read() {
    JsonNode root = parse();
    root.fieldNames()
        .forEachRemaining(
            key -> {
              if (!List.of("nodes", "authority", "token-file").contains(key)) {
                throw wrong(key, "is not known; allowed are nodes, authority and token-file");
              }
            });
    try {
      return HttpStoreSettings.of(
          nodes(root), PemTls.context(path(root, "authority"), null, null), token(root));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private JsonNode parse() {
    try {
      JsonNode root = YamlDocument.parse("the file", Files.readString(file));
      if (!root.isObject()) {
        throw wrong("nodes", "is missing");
      }
      return root;
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + e, e);
    } catch (InvalidConfiguration e) {
      List<Violation> all = e.violations();
      throw new IllegalArgumentException(file + ": " + all.get(0), e);
    }
  }

  private List<URI> nodes(JsonNode root) {
    List<URI> nodes = new ArrayList<>();
    for (JsonNode node : root.path("nodes")) {
      nodes.add(URI.create(node.asText()));
    }
    return nodes;
  }

  private Path path(JsonNode root, String key) {
    if (!root.path(key).isTextual()) {
      throw wrong(key, "must name a file");
    }
    return file.toAbsolutePath().resolveSibling(root.path(key).textValue());
  }

  private String token(JsonNode root) {
    String token = environment.get(TOKEN);
    if (token != null) {
      return token.strip();
    }
    Path tokenFile = path(root, "token-file");
    try {
      return Files.readString(tokenFile).strip();
    } catch (IOException e) {
      throw wrong("token-file", "cannot be read: " + e);
    }
  }

  private IllegalArgumentException wrong(String key, String what) {
    return new IllegalArgumentException(file + ": " + key + " " + what);
  }
}
