package io.weir.jobs.savepoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.jobs.local.LocalCluster;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A job that goes on from a kept savepoint writes what it would have written without a stop.
 *
 * <p>{@code -Dweir.savepoints.write=true} makes the kept savepoint anew. That gives up the promise
 * to those who have state of the build before: it is for a release that says so.
 */
@Timeout(180)
public abstract class SavepointContract {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Path KEPT = Path.of("src", "test", "resources", "io", "weir", "jobs");
  private static final Path WORK = Path.of("target", "savepoints");

  private static LocalCluster cluster;

  private final String job;
  private final Lines lines;
  private final int stop;

  /**
   * Names the job.
   *
   * @param lines all of the input
   * @param stop how many lines of each origin the savepoint holds
   */
  protected SavepointContract(String job, Lines lines, int stop) {
    this.job = job;
    this.lines = lines;
    this.stop = stop;
  }

  /**
   * Builds the job's graph.
   *
   * @param input what it reads
   * @param output where its results go, relative to the working folder
   * @param restored whether it starts from a savepoint
   */
  protected abstract void define(
      StreamExecutionEnvironment env, Lines input, Path output, boolean restored) throws Exception;

  /** How many subtasks write the savepoint; one reads it. */
  protected int parallelism() {
    return 2;
  }

  /** A row without what differs from run to run. */
  protected String comparable(String row) {
    return row;
  }

  @BeforeAll
  static void start() throws Exception {
    Configuration profile = LocalCluster.profile(Path.of("..", "flink-conf", "local"));
    profile.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    profile.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(1));
    // All state stands in the savepoint's one file.
    profile.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, MemorySize.ofMebiBytes(1));
    cluster = LocalCluster.start(profile);
  }

  @AfterAll
  static void stopCluster() throws IOException {
    cluster.close();
  }

  private KeptSavepoint kept() {
    return new KeptSavepoint(KEPT.resolve(job).resolve("savepoint"));
  }

  private Path output() {
    return WORK.resolve(job).resolve("out");
  }

  @Test
  void goesOnFromTheKeptSavepoint() throws Exception {
    List<String> whole = runWhole();

    List<String> interrupted = goOnFrom(kept());

    assertThat(interrupted).containsExactlyElementsOf(whole);
  }

  /** There, state of an older format is written anew while the job starts. */
  @Test
  void goesOnFromTheKeptSavepointOnRocksDb() throws Exception {
    List<String> whole = runWhole();

    List<String> interrupted = goOnFrom(kept(), "rocksdb");

    assertThat(interrupted).containsExactlyElementsOf(whole);
  }

  /**
   * So that the way to make the next one works when it is needed. A state with another name or
   * another serializer is another state, and lost in an upgrade: each is listed. Since the kept one
   * was made there may be more of them.
   */
  @Test
  void goesOnFromASavepointOfTodayThatHasTheStatesOfTheKeptOne() throws Exception {
    List<String> whole = runWhole();
    KeptSavepoint today = new KeptSavepoint(WORK.resolve(job).resolve("today"));
    writeSavepoint(today);

    List<String> interrupted = goOnFrom(today);

    assertThat(interrupted).containsExactlyElementsOf(whole);
    assertThat(states(today)).containsExactlyElementsOf(kept().states());
    assertThat(names(kept().states())).containsAll(names(states(kept())));
  }

  /** A savepoint that changed no result would show nothing. */
  @Test
  void writesSomethingElseWithoutTheState() throws Exception {
    List<String> whole = runWhole();

    Folders.replace(output(), kept().output());
    run(lines.behind(stop)).getJobExecutionResult().get();

    assertThat(rows()).isNotEqualTo(whole);
  }

  @Test
  @EnabledIfSystemProperty(named = "weir.savepoints.write", matches = "true")
  void makesTheKeptSavepointAnew() throws Exception {
    writeSavepoint(kept());

    assertThat(states(kept())).isNotEmpty();
  }

  /** What the job writes from the beginning to the end. */
  protected final List<String> runWhole() throws Exception {
    Folders.clear(output());
    run(lines).getJobExecutionResult().get();
    return rows();
  }

  private List<String> rows() throws IOException {
    return Folders.rows(output()).stream().map(this::comparable).toList();
  }

  /** What it has written in the end when it goes on from another savepoint that is kept of it. */
  protected final List<String> goOnFrom(String folder) throws Exception {
    return goOnFrom(new KeptSavepoint(KEPT.resolve(job).resolve(folder)));
  }

  private List<String> goOnFrom(KeptSavepoint savepoint) throws Exception {
    return goOnFrom(savepoint, "hashmap");
  }

  private List<String> goOnFrom(KeptSavepoint savepoint, String backend) throws Exception {
    Folders.replace(output(), savepoint.output());
    Configuration from =
        new Configuration()
            .set(StateRecoveryOptions.SAVEPOINT_PATH, unpack(savepoint).toUri().toString())
            .set(StateBackendOptions.STATE_BACKEND, backend);
    submit(lines, from, 1).getJobExecutionResult().get();
    return rows();
  }

  private Path unpack(KeptSavepoint savepoint) throws IOException {
    return savepoint.unpack(WORK.resolve(job).resolve("unpacked"));
  }

  private List<String> states(KeptSavepoint savepoint) throws IOException {
    return SavedStates.of(unpack(savepoint));
  }

  /** Formats may have become newer. */
  private static List<String> names(List<String> states) {
    return states.stream().map(state -> state.replaceFirst(" format \\d+$", "")).toList();
  }

  /** Stops a job before its end; keeps its state, and what it has written. */
  private void writeSavepoint(KeptSavepoint target) throws Exception {
    Folders.clear(output());
    Lines first = lines.upTo(stop);
    JobClient running = run(first);
    await("lines read").atMost(PATIENCE).until(first::isWaiting);
    // Windows close before the first one, and what they wrote becomes visible with the second: the
    // savepoint names no file of this machine.
    Checkpoints checkpoints = new Checkpoints(cluster.address(), running.getJobID());
    checkpoints.complete();
    checkpoints.complete();
    String made =
        running
            .stopWithSavepoint(
                false, WORK.toAbsolutePath().toUri().toString(), SavepointFormatType.CANONICAL)
            .get();
    Path folder = Path.of(URI.create(made));
    target.keep(folder, SavedStates.of(folder), output());
  }

  private JobClient run(Lines input) throws Exception {
    return submit(input, new Configuration(), parallelism());
  }

  private JobClient submit(Lines input, Configuration options, int subtasks) throws Exception {
    boolean restored = options.contains(StateRecoveryOptions.SAVEPOINT_PATH);
    return cluster.submit(
        job,
        env -> {
          env.setParallelism(subtasks);
          env.configure(options);
          define(env, input, restored);
        });
  }

  private void define(StreamExecutionEnvironment env, Lines input, boolean restored) {
    try {
      define(env, input, output(), restored);
    } catch (Exception e) {
      throw new IllegalStateException("the job cannot be put together", e);
    }
  }
}
