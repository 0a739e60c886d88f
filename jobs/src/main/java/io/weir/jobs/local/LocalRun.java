package io.weir.jobs.local;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one job in a cluster of its own, from start to end. */
public final class LocalRun {

  /** How long Ctrl-C waits for the job to be cancelled, and as long for the cluster to stop. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(LocalRun.class);

  private final Configuration profile;
  private final @Nullable StatusLine line;
  private final Consumer<String> notes;

  /**
   * Makes a runner.
   *
   * @param profile Flink's configuration
   * @param line takes the progress; null for none
   * @param notes takes a line whenever the job restarts
   */
  public LocalRun(Configuration profile, @Nullable StatusLine line, Consumer<String> notes) {
    this.profile = profile;
    this.line = line;
    this.notes = notes;
  }

  /**
   * Runs a job until it has finished.
   *
   * @param define builds the job's graph
   * @throws JobFailedException if it does not start, or fails
   * @throws CancellationException if the process is told to end meanwhile
   * @throws InterruptedException if the calling thread is
   */
  public void run(String name, Consumer<StreamExecutionEnvironment> define)
      throws JobFailedException, InterruptedException {
    run(name, define, accumulators -> {});
  }

  /**
   * Runs a job until it has finished.
   *
   * @param define builds the job's graph
   * @param results takes the job's accumulators, by their names
   * @throws JobFailedException as {@link #run(String, Consumer)}
   * @throws CancellationException as well
   * @throws InterruptedException as well
   */
  public void run(
      String name,
      Consumer<StreamExecutionEnvironment> define,
      Consumer<Map<String, Object>> results)
      throws JobFailedException, InterruptedException {
    try (ExitHook hook = ExitHook.install(PATIENCE)) {
      try {
        results.accept(runInCluster(name, define, hook));
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        if (hook.exiting()) {
          // Said here: behind the hook the process ends at any moment.
          say(name + " was cancelled");
          throw new CancellationException(name + " was cancelled");
        }
        // All of it for the log; what a person needs to know is the exception's message.
        LOG.info("{} failed", name, e);
        throw new JobFailedException(name, e);
      }
    }
  }

  private Map<String, Object> runInCluster(
      String name, Consumer<StreamExecutionEnvironment> define, ExitHook hook) throws Exception {
    try (LocalCluster cluster = LocalCluster.start(profile)) {
      JobClient job = cluster.submit(name, define);
      hook.stopBy(() -> cancel(name, job));
      return await(name, job, cluster);
    }
  }

  private static void cancel(String name, JobClient job) {
    try {
      job.cancel().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("{} could not be cancelled", name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(String text) {
    if (line != null) {
      line.say(text);
    }
  }

  private Map<String, Object> await(String name, JobClient job, LocalCluster cluster)
      throws Exception {
    JobRestarts restarts = new JobRestarts(name, cluster.address(), job.getJobID(), notes);
    EverySecond watching = EverySecond.ask("weir-restarts", restarts::tellNew);
    try {
      return awaitInSight(name, job, cluster).getAllAccumulatorResults();
    } finally {
      watching.stop();
    }
  }

  private JobExecutionResult awaitInSight(String name, JobClient job, LocalCluster cluster)
      throws Exception {
    if (line == null) {
      return job.getJobExecutionResult().get();
    }
    line.say("web UI: " + cluster.address());
    SourceMetrics metrics = new SourceMetrics(cluster.address(), job.getJobID());
    JobProgress progress = JobProgress.show(name, metrics, line);
    try {
      return job.getJobExecutionResult().get();
    } finally {
      progress.stop();
    }
  }
}
