package io.weir.jobs.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.jobs.formats.otlp.OtlpJsonDecoder;
import io.weir.jobs.formats.otlp.SpanColumns;
import io.weir.jobs.launch.Launcher;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.launch.SettingsOptions;
import io.weir.jobs.local.LocalCluster;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.SettingsFile;
import io.weir.operators.intake.Intake;
import io.weir.operators.intake.RawRecord;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import io.weir.operators.source.ClockedSource;
import io.weir.operators.source.Origins;
import io.weir.operators.source.StaticSource;
import io.weir.operators.source.file.FileOrigins;
import io.weir.operators.source.file.Framing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;

/** Runs the monitoring job from a settings file, on the way that {@code weir run} takes. */
public final class MonitoringRun {

  private static final ObjectMapper JACKSON = new ObjectMapper();

  private final Path folder;
  private final Configuration options;

  public MonitoringRun(Path folder) {
    this(folder, new Configuration());
  }

  private MonitoringRun(Path folder, Configuration options) {
    this.folder = folder;
    this.options = options;
  }

  /** The same with another state backend than the profile's: hashmap or rocksdb. */
  MonitoringRun keepingStateIn(String stateBackend) {
    return new MonitoringRun(
        folder, new Configuration().set(StateBackendOptions.STATE_BACKEND, stateBackend));
  }

  /** The profile of {@code weir run}. */
  public static Configuration profile() {
    return LocalCluster.profile(Path.of("..", "flink-conf", "local"));
  }

  /** Runs a bounded job to its end; its settings say everything but the two sinks. */
  public void run(LocalCluster cluster, int parallelism, String yaml) throws Exception {
    PreparedJob job = prepare(yaml);
    cluster
        .submit(
            "monitoring",
            env -> {
              env.configure(options);
              env.setParallelism(parallelism);
              job.define(env);
            })
        .getJobExecutionResult()
        .get();
  }

  PreparedJob prepare(String yaml) throws IOException {
    return prepare(write(yaml));
  }

  /** The job of settings that say everything. */
  PreparedJob prepareWhole(String yaml) throws IOException {
    return prepare(Files.writeString(folder.resolve("settings.yaml"), yaml));
  }

  private static PreparedJob prepare(Path file) {
    SettingsOptions options =
        CommandLine.populateCommand(new SettingsOptions(), "--settings", file.toString());
    return new Launcher(List.of(new MonitoringJob()), name -> null)
        .prepare(MonitoringJob.NAME, options);
  }

  /** For jobs that are put together in another way. */
  MonitoringSettings settings(String yaml) throws IOException {
    Problems problems = new Problems();
    MonitoringSettings settings =
        MonitoringSettings.read(
            new SettingsFile(problems, name -> null).read(write(yaml), List.of()));
    problems.throwIfAny();
    return settings;
  }

  private Path write(String yaml) throws IOException {
    String sinks =
        """

        sink: {file: {path: "%s"}}
        dead-letters: {file: {path: "%s"}}
        """
            .formatted(folder.resolve("out"), folder.resolve("dead"));
    return Files.writeString(folder.resolve("settings.yaml"), yaml + sinks);
  }

  /** Files of OTLP JSON, or all in a folder. */
  static FileOrigins files(Path path) {
    return new FileOrigins(
        List.of(path.toString()), Framing.lines(), FileOrigins.DEFAULT_MAX_RECORD_BYTES);
  }

  /**
   * Defines the job behind a source of lines of OTLP JSON.
   *
   * @param between sees them all, in the source's task
   */
  static void define(
      StreamExecutionEnvironment env,
      Origins lines,
      MapFunction<RawRecord, RawRecord> between,
      MonitoringSettings settings) {
    Intake<Row> intake =
        Intake.behind(
            env.fromSource(
                    new ClockedSource<>(new StaticSource(lines)),
                    WatermarkStrategy.noWatermarks(),
                    "lines")
                .map(between),
            new OtlpJsonDecoder(SpanColumns.MEASURED, SpanColumns.END),
            new RowTypeInfo(SpanColumns.MEASURED),
            settings.input().limits(),
            "gate");
    MonitoringJob.define(intake, settings);
  }

  public List<JsonNode> table(String name) throws IOException {
    return lines(folder.resolve("out").resolve(name));
  }

  public List<JsonNode> deadLetters() throws IOException {
    return lines(folder.resolve("dead"));
  }

  private static List<JsonNode> lines(Path folder) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    if (!Files.exists(folder)) {
      return lines;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(each -> !each.getFileName().toString().startsWith(".")).toList()) {
        for (String line : Files.readAllLines(file)) {
          lines.add(JACKSON.readTree(line));
        }
      }
    }
    return lines;
  }
}
