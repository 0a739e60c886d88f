package io.weir.jobs.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A Flink cluster of one JobManager and any number of TaskManagers, each a process of its own that
 * ends with the test at the latest. Not for several threads.
 */
final class FlinkProcesses implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern REST_ADDRESS =
      Pattern.compile("Rest endpoint listening at (127\\.0\\.0\\.1:\\d+)");
  private static final Pattern MISSING_CLASS =
      Pattern.compile(
          "NoClassDefFoundError|ClassNotFoundException|LinkageError|NoSuch(Method|Field)Error");

  private final Path home;
  private final FlinkCommand command;
  private final List<FlinkProcess> processes = new CopyOnWriteArrayList<>();
  private final Thread atExit = new Thread(() -> processes.forEach(FlinkProcess::kill));
  private @Nullable ClusterRest rest;

  private FlinkProcesses(Path home, FlinkCommand command) {
    this.home = home;
    this.command = command;
  }

  /**
   * Starts a JobManager and one TaskManager, and waits until there are slots.
   *
   * @param home a folder for all that the cluster writes; the caller removes it
   * @param options Flink's, over those of a small cluster
   */
  static FlinkProcesses start(Path home, Map<String, String> options) throws IOException {
    FlinkCommand command = new FlinkCommand(ClusterConf.write(home, options));
    FlinkProcesses cluster = new FlinkProcesses(home, command);
    Runtime.getRuntime().addShutdownHook(cluster.atExit);
    try {
      cluster.startJobManager();
      cluster.startTaskManager();
      cluster.awaitSlots(ClusterConf.SLOTS);
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.explain(e);
      cluster.close();
      throw e;
    }
  }

  private void startJobManager() throws IOException {
    FlinkProcess jobManager = startProcess("jobmanager", command.jobManager());
    rest = new ClusterRest(await("the address", () -> restAddress(jobManager)));
  }

  private static @Nullable URI restAddress(FlinkProcess jobManager) {
    Matcher line = REST_ADDRESS.matcher(jobManager.output());
    return line.find() ? URI.create("http://" + line.group(1)) : null;
  }

  /** Starts one more TaskManager; see {@link #awaitSlots}. Its name is its id in the REST API. */
  FlinkProcess startTaskManager() throws IOException {
    String id = "taskmanager-" + processes.size();
    return startProcess(id, command.taskManager(id, await("the port", this::rpcPort)));
  }

  private int rpcPort() throws IOException, InterruptedException {
    for (JsonNode option : rest().get("/jobmanager/config")) {
      if (option.path("key").asText().equals("jobmanager.rpc.port")) {
        return option.path("value").asInt();
      }
    }
    throw new IOException("there is no port yet");
  }

  private FlinkProcess startProcess(String name, List<String> arguments) throws IOException {
    FlinkProcess process = FlinkProcess.start(name, home, arguments);
    processes.add(process);
    return process;
  }

  ClusterRest rest() {
    if (rest == null) {
      throw new IllegalStateException("the JobManager has not started");
    }
    return rest;
  }

  /** Waits until the TaskManagers that the JobManager knows have so many slots together. */
  void awaitSlots(int slots) {
    await(
        slots + " slots",
        () -> rest().get("/overview").path("slots-total").asInt() == slots ? slots : null);
  }

  /** Waits until a job has ended, and returns its last state, such as {@code FINISHED}. */
  String awaitEnd(String jobId) {
    return await("the end of the job", () -> endState(jobId));
  }

  private @Nullable String endState(String jobId) throws IOException, InterruptedException {
    JsonNode job = rest().get("/jobs/" + jobId);
    return job.path("end-time").asLong() >= 0 ? job.path("state").asText() : null;
  }

  /** Asks until there is an answer; one that could not be had is none. */
  private <T> T await(String what, Callable<@Nullable T> question) {
    return Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptionsInstanceOf(IOException.class)
        .failFast("a process of the cluster died", this::anyDied)
        .until(question, answer -> answer != null);
  }

  private boolean anyDied() {
    return processes.stream().anyMatch(FlinkProcess::died);
  }

  /**
   * The lines of all processes that tell of a class that is not there or does not fit. Flink itself
   * looks for Hadoop and goes on without.
   */
  List<String> missingClasses() {
    return processes.stream()
        .flatMap(process -> process.output().lines())
        .filter(line -> MISSING_CLASS.matcher(line).find() && !line.contains("hadoop"))
        .toList();
  }

  /** Lets a failure show the last words of every process. */
  void explain(Throwable failure) {
    String tails = processes.stream().map(FlinkProcess::tail).collect(Collectors.joining("\n"));
    failure.addSuppressed(new AssertionError(tails));
  }

  /** Ends all processes, TaskManagers first. */
  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).stop();
    }
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
