package io.weir.benchmarks.pipeline.sides;

import io.weir.benchmarks.frame.JavaCommand;
import io.weir.benchmarks.frame.PipelineTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A system that can do the task, each in a Java process of its own with the same heap. */
public enum Contender {
  WEIR("weir", "exactly-once"),
  FLINK_SQL("flink_sql", "exactly-once"),
  SPARK("spark", "at-least-once");

  private static final String HEAP = "-Xmx2g";

  private final String label;
  private final String guarantee;

  Contender(String label, String guarantee) {
    this.label = label;
    this.guarantee = guarantee;
  }

  /** As it is called in arguments and results. */
  public String label() {
    return label;
  }

  /** What its sink promises when something fails. */
  public String guarantee() {
    return guarantee;
  }

  /** Finds one by its label. */
  public static Contender of(String label) {
    return Arrays.stream(values())
        .filter(each -> each.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no system "
                        + label
                        + "; allowed: "
                        + Arrays.stream(values())
                            .map(Contender::label)
                            .collect(Collectors.joining(", "))));
  }

  /**
   * The command that starts it.
   *
   * @param home the project's folder
   */
  List<String> command(Path home, PipelineTask task) throws IOException {
    return switch (this) {
      case WEIR -> onFlink(home, task, WeirPipeline.class);
      case FLINK_SQL -> onFlink(home, task, FlinkSqlPipeline.class);
      case SPARK -> onSpark(home, task);
    };
  }

  private static List<String> onFlink(Path home, PipelineTask task, Class<?> main) {
    List<String> arguments = new ArrayList<>(task.toArguments());
    arguments.add(home.resolve("flink-conf/local").toString());
    Path opens = home.resolve("flink-conf/jdk-opens.args");
    return JavaCommand.of(options(opens, task), main, arguments);
  }

  private static List<String> onSpark(Path home, PipelineTask task) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options(home.resolve("jobs/benchmarks/spark/jdk-opens.args"), task));
    command.add("-cp");
    command.add(sparkClasspath());
    command.add("io.weir.benchmarks.spark.SparkPipeline");
    command.addAll(task.toArguments());
    return command;
  }

  /** Flink and Spark do not get along on one class path: the script says where Spark's stands. */
  private static String sparkClasspath() throws IOException {
    String file = System.getProperty("weir.spark.classpath", "");
    if (file.isEmpty() || !Files.isReadable(Path.of(file))) {
      throw new IOException("Spark is started by the script only: ./weir bench pipeline");
    }
    return Files.readString(Path.of(file));
  }

  /** With those of {@code WEIR_BENCH_JAVA_OPTS} behind, for instance to record a profile. */
  private static List<String> options(Path opens, PipelineTask task) {
    List<String> options =
        new ArrayList<>(
            List.of("@" + opens, HEAP, "-Dlog4j2.level=WARN", "-Djava.io.tmpdir=" + task.folder()));
    String more = System.getenv("WEIR_BENCH_JAVA_OPTS");
    if (more != null && !more.isBlank()) {
      options.addAll(List.of(more.strip().split(" +")));
    }
    return options;
  }
}
