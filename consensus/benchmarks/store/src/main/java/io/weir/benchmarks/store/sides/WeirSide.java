package io.weir.benchmarks.store.sides;

import io.weir.benchmarks.frame.Workplace;
import io.weir.consensus.http.HttpStore;
import io.weir.consensus.http.HttpStoreSettings;
import io.weir.consensus.http.NodeStatus;
import io.weir.consensus.log.LogStatus;
import io.weir.consensus.server.node.Algorithm;
import io.weir.consensus.server.node.ClientFile;
import io.weir.consensus.server.node.ClusterFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Weir's nodes, run by {@code ./weir server} itself, and its client over HTTP with a token. */
public final class WeirSide implements Side {

  private final String name;
  private final Servers servers;
  private final HttpStoreSettings settings;
  private final HttpStore observer;

  private WeirSide(String name, Servers servers, HttpStoreSettings settings, HttpStore observer) {
    this.name = name;
    this.servers = servers;
    this.settings = settings;
    this.observer = observer;
  }

  /**
   * Starts the nodes.
   *
   * @param home the project's folder
   * @param name of the side, and of its folder
   * @param algorithm by which the nodes agree
   */
  public static WeirSide start(Workplace place, Path home, String name, Algorithm algorithm)
      throws Exception {
    ClusterFolder cluster =
        new ClusterFolder(place.folder().resolve(name), NODES.size(), algorithm);
    cluster.prepare();
    String script = home.resolve("weir").toString();
    build(script);
    Servers servers =
        new Servers(
            place,
            cluster.folder(),
            node ->
                List.of(
                    script,
                    "server",
                    "--config",
                    cluster.settings(node).toString(),
                    "--until-input-ends"));
    HttpStoreSettings settings = new ClientFile(cluster.clientFile(), Map.of()).read();
    return new WeirSide(name, servers, settings, place.start(() -> new HttpStore(settings)));
  }

  /**
   * Before the nodes' time runs: the script builds what is missing or stale, which takes minutes.
   */
  private static void build(String script) throws IOException, InterruptedException {
    Process built =
        new ProcessBuilder(script, "server", "--help")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (built.waitFor() != 0) {
      throw new IOException("weir's nodes cannot be built; see above");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public StoreClient connect(List<String> nodes) {
    List<URI> addresses =
        nodes.stream().map(node -> settings.nodes().get(NODES.indexOf(node))).toList();
    return new WeirClient(
        new HttpStore(HttpStoreSettings.of(addresses, settings.tls(), settings.token())));
  }

  @Override
  public String leader() throws IOException {
    return observer.statuses().join().stream()
        .map(NodeStatus::status)
        .filter(status -> status != null && status.node().equals(status.leader()))
        .map(LogStatus::node)
        .findFirst()
        .orElseThrow(() -> new IOException(name + " has no leader"));
  }

  @Override
  public Servers servers() {
    return servers;
  }
}
