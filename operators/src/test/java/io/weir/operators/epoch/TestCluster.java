package io.weir.operators.epoch;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsCounts;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * A JobManager and a TaskManager in the test's process, of which the former can lose its office.
 */
final class TestCluster implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofMinutes(2);

  private final MiniCluster cluster;

  private TestCluster(MiniCluster cluster) {
    this.cluster = cluster;
  }

  static TestCluster start() throws Exception {
    return start(new Configuration());
  }

  static TestCluster start(Configuration options) throws Exception {
    options.set(RestOptions.BIND_PORT, "0");
    options.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    // Few records wait in channels, so that barriers pass slow subtasks soon.
    options.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, MemorySize.ofMebiBytes(4).divide(1024));
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(options)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(8)
                .setHaServices(MiniCluster.HaServices.WITH_LEADERSHIP_CONTROL)
                .build());
    cluster.start();
    return new TestCluster(cluster);
  }

  /** A job that is running here. */
  final class Running {
    private final JobID id;

    private Running(JobID id) {
      this.id = id;
    }

    JobStatus status() {
      return cluster.getJobStatus(id).join();
    }

    boolean hasEnded() {
      return status().isGloballyTerminalState();
    }

    /** Waits until all subtasks process records. */
    void awaitRunning() {
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
    Optional<String> awaitEnd() throws Exception {
      JobResult result = cluster.requestJobResult(id).get();
      return result.getSerializedThrowable().map(failure -> failure.getFullStringifiedStackTrace());
    }

    /** How often the job was restarted. */
    long restarts() {
      return counts().getNumberOfRestoredCheckpoints();
    }

    long failedCheckpoints() {
      return counts().getNumberOfFailedCheckpoints();
    }

    long completedCheckpoints() {
      return counts().getNumberOfCompletedCheckpoints();
    }

    private CheckpointStatsCounts counts() {
      return Objects.requireNonNull(
              cluster.getArchivedExecutionGraph(id).join().getCheckpointStatsSnapshot())
          .getCounts();
    }

    String stopWithSavepoint(String folder) throws Exception {
      return cluster.stopWithSavepoint(id, folder, false, SavepointFormatType.CANONICAL).get();
    }

    String savepoint(String folder) throws Exception {
      return cluster.triggerSavepoint(id, folder, false, SavepointFormatType.CANONICAL).get();
    }

    /** Takes the JobManager of the job its office, and gives it to a new one. */
    void replaceJobManager() throws Exception {
      var control = cluster.getHaLeadershipControl().orElseThrow();
      control.revokeJobMasterLeadership(id).get();
      control.grantJobMasterLeadership(id).get();
    }
  }

  /** Ends what a failed test has left. */
  void cancelAll() throws Exception {
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
  Running run(Consumer<StreamExecutionEnvironment> define, int parallelism, Configuration options)
      throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(options);
    env.setParallelism(parallelism);
    env.setMaxParallelism(16);
    define.accept(env);
    StreamGraph graph = env.getStreamGraph();
    graph.setJobId(new JobID());
    return new Running(cluster.submitJob(graph).get().getJobID());
  }

  static Configuration from(String savepoint) {
    return EpochJob.options().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
  }

  @Override
  public void close() {
    cluster.closeAsync().join();
  }
}
