package io.weir.cluster.servers;

import io.weir.cluster.process.Program;
import io.weir.cluster.process.Service;
import io.weir.jobs.local.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A job in application mode: a JobManager that finds the job's jar in its folder {@code usrlib},
 * runs the main class and ends with the job, and a TaskManager of its own. Both elect and find
 * their leader by the ZooKeeper of other servers.
 *
 * @param jobManager is gone once the job has ended
 */
public record FlinkApplication(Service jobManager, Service taskManager) {

  private static final String NAME = "application";

  /** Prepares both processes; starts none. */
  static FlinkApplication prepare(
      Place place, FlinkPrograms programs, Path jar, String mainClass, List<String> arguments)
      throws IOException {
    // Keeps it apart from the other servers' JobManager, for its TaskManager as well.
    String cluster = "-Dhigh-availability.cluster-id=" + NAME;
    List<String> application = new ArrayList<>(List.of(cluster, "--job-classname", mainClass));
    application.addAll(arguments);
    int port = FreePorts.findLasting(1).get(0);
    Path home = home(place, jar);
    return new FlinkApplication(
        place.service(
            in(home, programs.applicationManager(NAME + "-jobmanager", port, application))),
        place.service(in(home, programs.taskManager(NAME + "-taskmanager", cluster))));
  }

  private static Path home(Place place, Path jar) throws IOException {
    Path home = place.make(NAME);
    Path libraries = Files.createDirectories(home.resolve("usrlib"));
    Files.createSymbolicLink(libraries.resolve(jar.getFileName()), jar);
    return home;
  }

  /** Flink takes the folder beside its own libraries, and names its jars from where it works. */
  private static Program in(Path home, Program program) {
    return new Program(program.name(), program.command(), home, program.environment())
        .with(Map.of("FLINK_LIB_DIR", home.resolve("lib").toString()));
  }

  /** Both processes, in the order of their start. */
  public List<Service> services() {
    return List.of(jobManager, taskManager);
  }
}
