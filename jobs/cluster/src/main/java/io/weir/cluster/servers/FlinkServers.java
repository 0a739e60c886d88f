package io.weir.cluster.servers;

import io.weir.cluster.process.Patience;
import io.weir.cluster.process.Service;
import io.weir.cluster.rest.FlinkRest;
import io.weir.jobs.local.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ZooKeeper, JobManagers and TaskManagers. */
public final class FlinkServers {

  private final Place place;
  private final FlinkLibrary library;
  private final Path conf;
  private final Service zooKeeper;
  private final List<URI> addresses = new ArrayList<>();
  private final List<Service> jobManagers = new ArrayList<>();
  private final List<Service> taskManagers = new ArrayList<>();
  private final FlinkPrograms programs;
  private FlinkRest rest = new FlinkRest(List.of());

  private FlinkServers(Place place, FlinkLibrary library, Path conf, Service zooKeeper)
      throws IOException, InterruptedException {
    this.place = place;
    this.library = library;
    this.conf = conf;
    this.zooKeeper = zooKeeper;
    programs = new FlinkPrograms(place, library, conf);
  }

  /**
   * Prepares the servers; starts none.
   *
   * @param options Flink's, over the cluster's own
   */
  public static FlinkServers prepare(
      Place place,
      FlinkLibrary library,
      int jobManagers,
      int taskManagers,
      Map<String, String> options)
      throws IOException, InterruptedException {
    FreePorts ports = FreePorts.find(1 + jobManagers);
    String zookeeper = Place.HOST + ":" + ports.get(0);
    Path conf = FlinkConf.write(place, zookeeper, options);
    FlinkServers servers =
        new FlinkServers(
            place, library, conf, ZooKeeper.service(place, library, conf, ports.get(0)));
    servers.addJobManagers(ports.ports().subList(1, 1 + jobManagers));
    for (int number = 1; number <= taskManagers; number++) {
      servers.addTaskManager(number);
    }
    servers.rest = new FlinkRest(servers.addresses);
    return servers;
  }

  private void addJobManagers(List<Integer> ports) throws IOException {
    for (int port : ports) {
      String name = "jobmanager-" + (jobManagers.size() + 1);
      jobManagers.add(place.service(programs.jobManager(name, port)));
      addresses.add(URI.create("http://" + Place.HOST + ":" + port));
    }
  }

  private void addTaskManager(int number) throws IOException {
    taskManagers.add(place.service(programs.taskManager("taskmanager-" + number)));
  }

  /** Starts ZooKeeper, the JobManagers and the TaskManagers. */
  public void start() throws IOException {
    for (Service service : services()) {
      service.start();
    }
  }

  /** Waits until all slots there should be are there. */
  public void awaitReady(Patience patience) throws IOException, InterruptedException {
    patience.until("Flink's slots", () -> Optional.of(registeredSlots() == slots()));
  }

  private int registeredSlots() throws IOException, InterruptedException {
    return rest.get("/overview").path("slots-total").asInt();
  }

  /** All processes, in the order of their start. */
  public List<Service> services() {
    List<Service> services = new ArrayList<>(List.of(zooKeeper));
    services.addAll(jobManagers);
    services.addAll(taskManagers);
    return List.copyOf(services);
  }

  /**
   * Does what {@code flink} does with these arguments: the command line of the distribution, as a
   * process of its own.
   *
   * @return what it printed
   * @throws IOException if it failed
   */
  public List<String> commandLine(List<String> arguments) throws IOException, InterruptedException {
    return programs.commandLine(arguments);
  }

  /** A killed or stopped one comes back as another one, as on a cluster that replaces machines. */
  public void startAgain(Service taskManager, Map<String, String> environment) throws IOException {
    taskManager.change(programs.taskManager(taskManager.name()).with(environment));
    taskManager.start();
  }

  public FlinkLibrary library() {
    return library;
  }

  public FlinkRest rest() {
    return rest;
  }

  public List<Service> jobManagers() {
    return List.copyOf(jobManagers);
  }

  public List<Service> taskManagers() {
    return List.copyOf(taskManagers);
  }

  /** How many slots the TaskManagers have together. */
  public int slots() {
    return FlinkConf.SLOTS * taskManagers.size();
  }

  /** The web addresses of the JobManagers, each of which answers for the leading one. */
  public List<URI> addresses() {
    return List.copyOf(addresses);
  }

  /** For {@code flink --configDir}, or {@code FLINK_CONF_DIR}. */
  public Path conf() {
    return conf;
  }

  /** The JobManager that leads, if one does. */
  public Optional<Service> leader() {
    return jobManagers.stream()
        .filter(Service::isRunning)
        .filter(service -> leads(service.output()))
        .findFirst();
  }

  /** What the last life of a JobManager said last. */
  private static boolean leads(String output) {
    int life = output.lastIndexOf("Starting StandaloneSessionClusterEntrypoint");
    int granted = output.lastIndexOf("DefaultDispatcherRunner was granted leadership");
    int revoked = output.lastIndexOf("DefaultDispatcherRunner was revoked leadership");
    return granted > Math.max(life, revoked);
  }
}
