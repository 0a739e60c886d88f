package io.weir.cluster;

import io.weir.cluster.process.Patience;
import io.weir.cluster.process.Roster;
import io.weir.cluster.process.Service;
import io.weir.cluster.servers.FlinkServers;
import io.weir.cluster.servers.KafkaServers;
import io.weir.cluster.servers.Place;
import io.weir.cluster.servers.PostgresServer;
import io.weir.cluster.servers.StoreServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running cluster. It ends with this process at the latest, unless it is left running. Starting
 * takes half a minute on two cores.
 */
public final class Cluster implements AutoCloseable {

  /** Far longer than a start takes on a machine that is several times slower. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  private static final int JOB_MANAGERS = 2;
  private static final int TASK_MANAGERS = 2;

  private final Place place;
  private final Path jobJar;
  private final AtExit atExit;
  private final FlinkServers flink;
  private final KafkaServers kafka;
  private final PostgresServer postgres;
  private final StoreServers store;

  private Cluster(
      Place place,
      Path jobJar,
      AtExit atExit,
      FlinkServers flink,
      KafkaServers kafka,
      PostgresServer postgres,
      StoreServers store) {
    this.place = place;
    this.jobJar = jobJar;
    this.atExit = atExit;
    this.flink = flink;
    this.kafka = kafka;
    this.postgres = postgres;
    this.store = store;
  }

  /**
   * Starts all processes, and waits until they serve. If that fails, all are ended and their logs
   * stay in the folder.
   *
   * @throws IOException if the folder is in use, or something does not start
   */
  public static Cluster start(ClusterSettings settings) throws IOException, InterruptedException {
    checkUnused(settings.folder().toAbsolutePath().normalize());
    if (!Files.isRegularFile(settings.jobJar())) {
      throw new IOException(settings.jobJar() + " is missing; mvn package makes it");
    }
    Place place = Place.open(settings.project(), settings.folder());
    // The first logger of a process must not be made by several threads at once.
    LOG.info("a cluster starts in {}", place.folder());
    AtExit atExit = AtExit.endAll(place.roster());
    try {
      Cluster cluster = prepare(place, settings, atExit);
      cluster.startAll();
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      place.roster().endAll();
      atExit.forget();
      throw e;
    }
  }

  private static void checkUnused(Path folder) throws IOException {
    List<String> running =
        Roster.of(folder).running().stream()
            .map(process -> process.name() + " " + process.pid())
            .toList();
    if (!running.isEmpty()) {
      throw new IOException(
          "a cluster runs in " + folder + " already: " + String.join(", ", running));
    }
    if (Files.exists(folder) && !isEmpty(folder)) {
      throw new IOException(folder + " is not empty; a cluster needs a folder of its own");
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  /** The slow parts side by side: each waits for programs of its own. */
  private static Cluster prepare(Place place, ClusterSettings settings, AtExit atExit)
      throws IOException, InterruptedException {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Future<PostgresServer> postgres = threads.submit(() -> PostgresServer.prepare(place));
      Future<StoreServers> store =
          threads.submit(() -> StoreServers.prepare(place, settings.storeClassPath()));
      Future<KafkaServers> kafka = threads.submit(() -> KafkaServers.prepare(place));
      FlinkServers flink =
          FlinkServers.prepare(
              place, settings.library(), JOB_MANAGERS, TASK_MANAGERS, settings.options());
      return new Cluster(
          place, settings.jobJar(), atExit, flink, result(kafka), result(postgres), result(store));
    } finally {
      threads.shutdownNow();
      // Whoever was interrupted ends its own programs first.
      var unused = threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static <T> T result(Future<T> future) throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IOException("a part of the cluster cannot be prepared: " + e.getCause(), e);
    }
  }

  private void startAll() throws IOException, InterruptedException {
    kafka.start();
    postgres.service().start();
    store.start();
    flink.start();
    awaitReady(new Patience(PATIENCE, services()));
  }

  private void awaitReady(Patience patience) throws IOException, InterruptedException {
    postgres.awaitReady(patience);
    kafka.awaitReady(patience);
    store.awaitReady(patience);
    flink.awaitReady(patience);
  }

  /** All processes there should be, in the order of their start. */
  public List<Service> services() {
    List<Service> services = new ArrayList<>(kafka.brokers());
    services.add(postgres.service());
    services.addAll(store.nodes());
    services.addAll(flink.services());
    return List.copyOf(services);
  }

  public Path folder() {
    return place.folder();
  }

  /** The jar with all jobs, to be submitted. */
  public Path jobJar() {
    return jobJar;
  }

  public FlinkServers flink() {
    return flink;
  }

  public KafkaServers kafka() {
    return kafka;
  }

  public PostgresServer postgres() {
    return postgres;
  }

  public StoreServers store() {
    return store;
  }

  /** Lets the processes go on when this process ends. */
  public void leave() {
    atExit.forget();
  }

  /** Ends all processes; the folder stays. */
  @Override
  public void close() throws IOException {
    place.roster().endAll();
    atExit.forget();
  }
}
