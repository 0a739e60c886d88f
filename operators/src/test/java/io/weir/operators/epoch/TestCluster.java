package io.weir.operators.epoch;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.checkpoint.CheckpointStatsCounts;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * A JobManager and a TaskManager in the test's process, of which the former can lose its office.
 */
public final class TestCluster implements AutoCloseable {

  public static final Duration PATIENCE = Duration.ofMinutes(2);

  private final MiniCluster cluster;
  private final InMemoryReporter metrics;
  private int oldestTaskManager;

  private TestCluster(MiniCluster cluster, InMemoryReporter metrics) {
    this.cluster = cluster;
    this.metrics = metrics;
  }

  public static TestCluster start() throws Exception {
    return start(new Configuration());
  }

  public static TestCluster start(Configuration more) throws Exception {
    return start(1, 8, more);
  }

  /** Starts TaskManagers of so many slots each. */
  public static TestCluster start(int taskManagers, int slots, Configuration more)
      throws Exception {
    InMemoryReporter metrics = InMemoryReporter.create();
    // There is one place for a reporter: a test's own goes first.
    Configuration options = metrics.addToConfiguration(new Configuration());
    options.addAll(more);
    options.set(RestOptions.BIND_PORT, "0");
    options.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    // Few records wait in channels, so that barriers pass slow subtasks soon.
    options.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, MemorySize.ofMebiBytes(4).divide(1024));
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(options)
                .setNumTaskManagers(taskManagers)
                .setNumSlotsPerTaskManager(slots)
                .setHaServices(MiniCluster.HaServices.WITH_LEADERSHIP_CONTROL)
                .build());
    cluster.start();
    return new TestCluster(cluster, metrics);
  }

  /** Ends the TaskManager that runs for the longest, as a lost machine does. */
  public void loseTaskManager() throws Exception {
    cluster.terminateTaskManager(oldestTaskManager).get();
    oldestTaskManager++;
  }

  public void addTaskManager() throws Exception {
    cluster.startTaskManager();
  }

  /** A job that is running here. */
  public final class Running {
    private final JobID id;

    private Running(JobID id) {
      this.id = id;
    }

    public JobID id() {
      return id;
    }

    public JobStatus status() {
      return cluster.getJobStatus(id).join();
    }

    public boolean hasEnded() {
      return status().isGloballyTerminalState();
    }

    /** Waits until all subtasks process records. */
    public void awaitRunning() {
      await().atMost(PATIENCE).until(this::isRunning);
    }

    private boolean isRunning() {
      return status() == JobStatus.RUNNING
          && StreamSupport.stream(
                  cluster.getExecutionGraph(id).join().getAllExecutionVertices().spliterator(),
                  false)
              .allMatch(vertex -> vertex.getExecutionState() == ExecutionState.RUNNING);
    }

    /** Waits for the end; returns why the job failed, if it did. */
    public Optional<String> awaitEnd() throws Exception {
      JobResult result = cluster.requestJobResult(id).get();
      return result.getSerializedThrowable().map(failure -> failure.getFullStringifiedStackTrace());
    }

    public void cancel() throws Exception {
      cluster.cancelJob(id).get();
      cluster.requestJobResult(id).get();
    }

    /** How many subtasks run, of operators whose name contains this. */
    public long subtasks(String operator) throws Exception {
      return vertices(operator)
          .filter(vertex -> vertex.getExecutionState() == ExecutionState.RUNNING)
          .count();
    }

    /** Whether all subtasks have finished, of operators whose name contains this. */
    public boolean hasFinished(String operator) throws Exception {
      return vertices(operator)
          .allMatch(vertex -> vertex.getExecutionState() == ExecutionState.FINISHED);
    }

    /** How often a subtask was started again at most, of operators whose name contains this. */
    public int attempts(String operator) throws Exception {
      return vertices(operator)
          .mapToInt(vertex -> vertex.getCurrentExecutionAttempt().getAttemptNumber())
          .max()
          .orElseThrow();
    }

    private Stream<AccessExecutionVertex> vertices(String operator) throws Exception {
      return StreamSupport.stream(
              cluster.getExecutionGraph(id).get().getVerticesTopologically().spliterator(), false)
          .filter(vertex -> vertex.getName().contains(operator))
          .flatMap(vertex -> Stream.of(vertex.getTaskVertices()));
    }

    /** A gauge of the job's live configuration; absent while the job has no JobManager. */
    public Optional<Long> gauge(String name) {
      return metrics.findMetrics(id, "weir.configuration." + name).values().stream()
          .map(gauge -> (Long) ((Gauge<?>) gauge).getValue())
          .findAny();
    }

    /** How often the job was restarted. */
    public long restarts() {
      return counts().getNumberOfRestoredCheckpoints();
    }

    public long failedCheckpoints() {
      return counts().getNumberOfFailedCheckpoints();
    }

    public long completedCheckpoints() {
      return counts().getNumberOfCompletedCheckpoints();
    }

    private CheckpointStatsCounts counts() {
      return Objects.requireNonNull(
              cluster.getArchivedExecutionGraph(id).join().getCheckpointStatsSnapshot())
          .getCounts();
    }

    /** Takes a checkpoint, and waits until it has completed. */
    public void checkpoint() throws Exception {
      cluster.triggerCheckpoint(id, CheckpointType.CONFIGURED).get();
    }

    /** Stops the job; again where a switch was under way: the stop aborts it, the job goes back. */
    public String stopWithSavepoint(String folder) {
      return await()
          .atMost(PATIENCE)
          .until(() -> tryToStop(folder), Optional::isPresent)
          .orElseThrow();
    }

    /** Stops the job, unless that meets a switch: then there is no savepoint. */
    public Optional<String> tryToStop(String folder) throws Exception {
      try {
        var format = SavepointFormatType.CANONICAL;
        return Optional.of(cluster.stopWithSavepoint(id, folder, false, format).get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof CheckpointException) {
          return Optional.empty();
        }
        throw e;
      }
    }

    public String savepoint(String folder) throws Exception {
      return cluster.triggerSavepoint(id, folder, false, SavepointFormatType.CANONICAL).get();
    }

    /** Takes the JobManager of the job its office, and gives it to a new one. */
    public void replaceJobManager() throws Exception {
      // One that does not hold it yet cannot lose it; the whole cluster would end.
      await().atMost(PATIENCE).until(() -> status() != JobStatus.INITIALIZING);
      var control = cluster.getHaLeadershipControl().orElseThrow();
      control.revokeJobMasterLeadership(id).get();
      control.grantJobMasterLeadership(id).get();
    }
  }

  /** Ends what a failed test has left. */
  public void cancelAll() throws Exception {
    for (JobStatusMessage job : cluster.listJobs().get()) {
      if (!job.getJobState().isGloballyTerminalState()) {
        cluster.cancelJob(job.getJobId()).get();
        cluster.requestJobResult(job.getJobId()).get();
      }
    }
  }

  Running run(EpochJob job, int parallelism, Configuration options) throws Exception {
    return run(job::define, parallelism, options);
  }

  /** Submits a job whose graph the caller defines. */
  public Running run(
      Consumer<StreamExecutionEnvironment> define, int parallelism, Configuration options)
      throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(options);
    env.setParallelism(parallelism);
    env.setMaxParallelism(16);
    define.accept(env);
    StreamGraph graph = env.getStreamGraph();
    graph.setJobId(new JobID());
    return new Running(cluster.submitJob(graph).get().getJobID());
  }

  /** Frequent checkpoints, exactly once, and restarts without end. */
  public static Configuration options() {
    return new Configuration()
        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200))
        .set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE)
        .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
        .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE)
        .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10))
        .set(PipelineOptions.GENERIC_TYPES, true);
  }

  /** The same, from a savepoint. */
  public static Configuration from(String savepoint) {
    return options().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
  }

  @Override
  public void close() {
    cluster.closeAsync().join();
  }
}
