package io.weir.cluster.servers;

import io.weir.cluster.process.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How Flink's processes are started: as the scripts of a distribution start them, with the jars of
 * its lib folder alone, and with the memory options that {@code BashJavaUtils} makes of the
 * configuration. Used by one thread at a time.
 */
final class FlinkPrograms {

  private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";
  private static final Duration LONGEST_RUN = Duration.ofMinutes(4);

  // Short lives: what the second compiler would gain costs the start more.
  private static final List<String> FOR_A_QUICK_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final Place place;
  private final FlinkLibrary library;
  private final Path conf;
  private final Memory jobMemory;
  private final Memory taskMemory;
  private int lives;

  /** What a process takes: options of the JVM, and of Flink. */
  private record Memory(List<String> jvm, List<String> flink) {}

  FlinkPrograms(Place place, FlinkLibrary library, Path conf)
      throws IOException, InterruptedException {
    this.place = place;
    this.library = library;
    this.conf = conf;
    jobMemory = memory("GET_JM_RESOURCE_PARAMS");
    taskMemory = memory("GET_TM_RESOURCE_PARAMS");
  }

  /**
   * A JobManager.
   *
   * @param port of its REST API: its own, so that it is found again after a restart
   */
  Program jobManager(String name, int port) throws IOException {
    return program(
        name,
        jobMemory.jvm(),
        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
        jobManagerOptions(port));
  }

  /** A JobManager in application mode, which has one job and ends with it. */
  Program applicationManager(String name, int port, List<String> application) throws IOException {
    List<String> options = jobManagerOptions(port);
    options.addAll(application);
    return program(
        name,
        jobMemory.jvm(),
        "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint",
        options);
  }

  private List<String> jobManagerOptions(int port) {
    List<String> options = new ArrayList<>(jobMemory.flink());
    options.add("-Drest.port=" + port);
    options.add("-Drest.bind-port=" + port);
    return options;
  }

  /**
   * A TaskManager; its id in the REST API is the name and a number, another one each time.
   *
   * @param more options, as Flink's processes take them
   */
  Program taskManager(String name, String... more) throws IOException {
    lives++;
    List<String> options = new ArrayList<>(taskMemory.flink());
    options.add("-Dtaskmanager.resource-id=" + name + "-" + lives);
    options.addAll(List.of(more));
    return program(
        name, taskMemory.jvm(), "org.apache.flink.runtime.taskexecutor.TaskManagerRunner", options);
  }

  private Program program(String name, List<String> jvm, String main, List<String> options)
      throws IOException {
    List<String> arguments = new ArrayList<>(FOR_A_QUICK_START);
    arguments.addAll(jvm);
    arguments.addAll(common());
    arguments.addAll(List.of(main, "--configDir", conf.toString()));
    arguments.addAll(options);
    return Program.java(name, place.folder(), arguments);
  }

  private List<String> common() throws IOException {
    return List.of(
        place.flinkOpens(),
        "-Djava.io.tmpdir=" + place.folder().resolve("tmp"),
        place.logging(),
        "-classpath",
        library.classPath());
  }

  private Memory memory(String kind) throws IOException, InterruptedException {
    List<String> lines =
        java(
            "org.apache.flink.runtime.util.bash.BashJavaUtils",
            kind,
            "--configDir",
            conf.toString());
    List<String> results =
        lines.stream()
            .filter(line -> line.startsWith(RESULT))
            .map(line -> line.substring(RESULT.length()))
            .toList();
    if (results.size() != 2) {
      throw new IOException("Flink cannot tell its memory: " + String.join("\n", lines));
    }
    return new Memory(words(results.get(0)), words(results.get(1)));
  }

  private static List<String> words(String line) {
    return Stream.of(line.strip().split("\\s+", -1)).filter(word -> !word.isEmpty()).toList();
  }

  /** Runs a program with Flink's libraries to its end, and returns what it printed. */
  private List<String> java(String main, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(FOR_A_QUICK_START);
    all.addAll(common());
    all.add(main);
    all.addAll(List.of(arguments));
    return Program.java(main, place.folder(), all)
        .with(Map.of("FLINK_CONF_DIR", conf.toString()))
        .run(LONGEST_RUN)
        .lines()
        .toList();
  }

  /** Does what {@code flink} does, see {@link FlinkServers#commandLine}. */
  List<String> commandLine(List<String> arguments) throws IOException, InterruptedException {
    return java("org.apache.flink.client.cli.CliFrontend", arguments.toArray(String[]::new));
  }
}
