package io.weir.jobs.cluster;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * What follows {@code java} for the processes of a cluster, as jobmanager.sh and taskmanager.sh of
 * a distribution put it together. The memory options come from where the scripts' {@code
 * BashJavaUtils} takes them.
 */
final class FlinkCommand {

  // Short lives: what the second compiler would gain costs the start more.
  private static final List<String> FOR_A_QUICK_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final ClusterConf conf;
  private final String classPath =
      FlinkLib.jars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));

  FlinkCommand(ClusterConf conf) {
    this.conf = conf;
  }

  List<String> jobManager() {
    JobManagerProcessSpec spec = JobManagerProcessUtils.processSpecFromConfig(conf.options());
    return arguments(
        JobManagerProcessUtils.generateJvmParametersStr(spec, conf.options()),
        StandaloneSessionClusterEntrypoint.class,
        words(JobManagerProcessUtils.generateDynamicConfigsStr(spec)));
  }

  /**
   * A TaskManager.
   *
   * @param id its name in the REST API
   * @param port where its JobManager takes calls
   */
  List<String> taskManager(String id, int port) {
    TaskExecutorProcessSpec spec = TaskExecutorProcessUtils.processSpecFromConfig(conf.options());
    return arguments(
        ProcessMemoryUtils.generateJvmParametersStr(spec),
        TaskManagerRunner.class,
        Stream.concat(
            words(TaskExecutorProcessUtils.generateDynamicConfigsStr(spec)),
            Stream.of(
                set(TaskManagerOptions.TASK_MANAGER_RESOURCE_ID, id),
                set(JobManagerOptions.PORT, port))));
  }

  private List<String> arguments(String memory, Class<?> main, Stream<String> options) {
    List<String> arguments = new ArrayList<>(FOR_A_QUICK_START);
    words(memory).forEach(arguments::add);
    arguments.add("@" + jdkOpens());
    arguments.add("-Djava.io.tmpdir=" + conf.tmp());
    arguments.add("-Dlog4j2.configurationFile=" + conf.folder().resolve("log4j.properties"));
    arguments.addAll(List.of("-classpath", classPath, main.getName()));
    arguments.addAll(List.of("--configDir", conf.folder().toString()));
    options.forEach(arguments::add);
    return arguments;
  }

  private static Stream<String> words(String line) {
    return Stream.of(line.strip().split("\\s+", -1));
  }

  private static <T> String set(ConfigOption<T> option, T value) {
    return "-D" + option.key() + "=" + value;
  }

  /** The list that the tests' own JVM was started with. */
  private static Path jdkOpens() {
    return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
        .map(folder -> folder.resolve("flink-conf").resolve("jdk-opens.args"))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("not inside the project's folder"));
  }
}
