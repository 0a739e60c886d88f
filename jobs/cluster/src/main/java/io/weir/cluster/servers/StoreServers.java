package io.weir.cluster.servers;

import io.weir.cluster.process.Patience;
import io.weir.cluster.process.Program;
import io.weir.cluster.process.Service;
import io.weir.consensus.http.HttpStore;
import io.weir.consensus.http.HttpStoreSettings;
import io.weir.consensus.http.NodeStatus;
import io.weir.consensus.http.PemTls;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Three nodes of the configuration store, with libraries of their own, which do not get along with
 * Flink's.
 */
public final class StoreServers {

  private static final int NODES = 3;
  private static final Duration LONGEST_PREPARATION = Duration.ofMinutes(4);
  private static final String MAIN = "io.weir.consensus.server.cli.ConsensusCommand";

  private final Path folder;
  private final List<Service> nodes = new ArrayList<>();

  private StoreServers(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes certificates and settings; starts no process that stays.
   *
   * @param classPath a file that holds the nodes' class path in one line
   */
  public static StoreServers prepare(Place place, Path classPath)
      throws IOException, InterruptedException {
    StoreServers servers = new StoreServers(place.make("store"));
    List<String> java = java(place, classPath);
    List<String> preparation =
        with(
            java,
            "--cluster",
            String.valueOf(NODES),
            "--data",
            servers.folder.toString(),
            "--prepare");
    var unused =
        Program.java("preparing the configuration store", place.folder(), preparation)
            .run(LONGEST_PREPARATION);
    for (int node = 1; node <= NODES; node++) {
      String settings = servers.folder.resolve("n" + node + ".yaml").toString();
      servers.nodes.add(
          place.service(
              Program.java("store-" + node, place.folder(), with(java, "--config", settings))));
    }
    return servers;
  }

  private static List<String> java(Place place, Path classPath) throws IOException {
    if (!Files.isRegularFile(classPath)) {
      throw new IOException(
          "the configuration store's class path is not in '"
              + classPath
              + "'; mvn package makes it");
    }
    Path opens = place.project().resolve("consensus").resolve("server").resolve("jdk-opens.args");
    return List.of(
        "@" + opens,
        "-Xmx192m",
        "-XX:+UseSerialGC",
        // A node whose heap is full ends: going on, it would stay behind for ever.
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        Files.readString(classPath).strip(),
        MAIN,
        "server");
  }

  private static List<String> with(List<String> java, String... arguments) {
    List<String> all = new ArrayList<>(java);
    all.addAll(List.of(arguments));
    return all;
  }

  public void start() throws IOException {
    for (Service node : nodes) {
      node.start();
    }
  }

  /** Waits until they have a leader and answer. */
  public void awaitReady(Patience patience) throws IOException, InterruptedException {
    try (HttpStore store = connect()) {
      patience.until("the configuration store's start", () -> Optional.of(answers(store)));
    }
  }

  private static boolean answers(HttpStore store) throws IOException {
    try {
      return store.jobs().join() != null;
    } catch (CompletionException e) {
      throw new IOException("the configuration store does not answer", e);
    }
  }

  /**
   * The nodes, the one that leads first; nothing, if none leads.
   *
   * @throws IOException if they do not answer
   */
  public Optional<List<Service>> leaderFirst() throws IOException {
    try (HttpStore store = connect()) {
      return store.statuses().join().stream()
          .map(NodeStatus::status)
          .filter(Objects::nonNull)
          .flatMap(status -> Optional.ofNullable(status.leader()).stream())
          .findFirst()
          .map(this::leaderFirst);
    } catch (CompletionException e) {
      throw new IOException("the configuration store does not answer", e);
    }
  }

  private List<Service> leaderFirst(String leader) {
    List<Service> ordered = new ArrayList<>(nodes);
    ordered.sort((one, other) -> Boolean.compare(isNode(other, leader), isNode(one, leader)));
    return List.copyOf(ordered);
  }

  private static boolean isNode(Service service, String node) {
    return service.name().equals("store-" + node.substring(1));
  }

  public List<Service> nodes() {
    return List.copyOf(nodes);
  }

  /** For {@code weir config --store}, and for jobs. */
  public Path clientFile() {
    return folder.resolve("store.yaml");
  }

  /** A client, which the caller closes. */
  public HttpStore connect() throws IOException {
    Section file = new SettingsFile(new Problems(), name -> null).read(clientFile(), List.of());
    return new HttpStore(
        HttpStoreSettings.of(
            file.texts("nodes").stream().map(URI::create).toList(),
            PemTls.context(folder.resolve(file.text("authority")), null, null),
            Files.readString(folder.resolve(file.text("token-file"))).strip()));
  }
}
