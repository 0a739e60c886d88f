package io.weir.cluster.servers;

import io.weir.cluster.process.Patience;
import io.weir.cluster.process.Service;
import io.weir.jobs.local.FreePorts;
import io.weir.jobs.rest.JobManager;
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
  private final Service zooKeeper;
  private final List<URI> addresses = new ArrayList<>();
  private final List<Service> jobManagers = new ArrayList<>();
  private final List<Service> taskManagers = new ArrayList<>();
  private final FlinkPrograms programs;
  private final JobManager jobManager;

  private FlinkServers(
      Place place, FlinkLibrary library, Path conf, Service zooKeeper, List<Integer> ports)
      throws IOException, InterruptedException {
    this.place = place;
    this.library = library;
    this.zooKeeper = zooKeeper;
    programs = new FlinkPrograms(place, library, conf);
    for (int port : ports) {
      String name = "jobmanager-" + (jobManagers.size() + 1);
      jobManagers.add(place.service(programs.jobManager(name, port)));
      addresses.add(URI.create("http://" + Place.HOST + ":" + port));
    }
    jobManager = new JobManager(addresses);
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
    FreePorts ports = FreePorts.findLasting(1 + jobManagers);
    int election = ports.get(0);
    Path conf = FlinkConf.write(place, Place.HOST + ":" + election, options);
    Service zooKeeper = ZooKeeper.service(place, library, conf, election);
    FlinkServers servers =
        new FlinkServers(
            place, library, conf, zooKeeper, ports.ports().subList(1, 1 + jobManagers));
    for (int number = 1; number <= taskManagers; number++) {
      servers.addTaskManager(number);
    }
    return servers;
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
    return (int) jobManager.get("/overview").number("slots-total");
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

  /**
   * Prepares a job in application mode beside these servers, on their ZooKeeper.
   *
   * @param arguments of the main class
   */
  public FlinkApplication application(Path jar, String mainClass, List<String> arguments)
      throws IOException {
    return FlinkApplication.prepare(place, programs, jar, mainClass, arguments);
  }

  /** A killed or stopped one comes back as another one, as on a cluster that replaces machines. */
  public void startAgain(Service taskManager, Map<String, String> environment) throws IOException {
    taskManager.change(programs.taskManager(taskManager.name()).with(environment));
    taskManager.start();
  }

  /**
   * Replaces all TaskManagers by others, and waits until those are there. To be done without a job.
   *
   * @param environment variables of the new ones
   */
  public void replaceTaskManagers(Map<String, String> environment, Patience patience)
      throws IOException, InterruptedException {
    taskManagers.forEach(Service::stop);
    // Otherwise the next job may be given slots of the old ones.
    patience.until("the end of the TaskManagers", () -> Optional.of(registeredSlots() == 0));
    for (Service taskManager : taskManagers) {
      startAgain(taskManager, environment);
    }
    awaitReady(patience);
  }

  public FlinkLibrary library() {
    return library;
  }

  /** The JobManager that leads, whichever it is. */
  public JobManager jobManager() {
    return jobManager;
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

  /** The process of the JobManager that leads, if one does. */
  public Optional<Service> leader() {
    return jobManagers.stream()
        .filter(Service::isRunning)
        .filter(service -> leads(service.output()))
        .findFirst();
  }

  /** What the last life of a JobManager said last. */
  static boolean leads(String output) {
    int life = output.lastIndexOf("Starting StandaloneSessionClusterEntrypoint");
    int granted = output.lastIndexOf("DefaultDispatcherRunner was granted leadership");
    int revoked = output.lastIndexOf("DefaultDispatcherRunner was revoked the leadership");
    return granted > Math.max(life, revoked);
  }
}
