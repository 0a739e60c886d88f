package io.weir.jobs.demo;

import io.weir.jobs.local.JobFailedException;
import io.weir.jobs.local.LocalCluster;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** One of the demo's jobs. */
final class RunningJob {

  private final String name;
  private final JobClient client;
  private final CompletableFuture<JobExecutionResult> result;

  private RunningJob(String name, JobClient client) {
    this.name = name;
    this.client = client;
    result = client.getJobExecutionResult();
  }

  static RunningJob start(LocalCluster flink, String name, Consumer<StreamExecutionEnvironment> job)
      throws JobFailedException, InterruptedException {
    try {
      return new RunningJob(name, flink.submit(name, job));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new JobFailedException(name, e);
    }
  }

  JobID id() {
    return client.getJobID();
  }

  /**
   * Whether it has come to its end.
   *
   * @throws JobFailedException if it failed
   */
  boolean hasFinished() throws JobFailedException, InterruptedException {
    return isDone(result);
  }

  /** Closes every window, commits everything and ends the job. */
  Future<String> drain() {
    return client.stopWithSavepoint(true, null, SavepointFormatType.CANONICAL);
  }

  /** Whether something that this job was asked for is done. */
  boolean isDone(Future<?> request) throws JobFailedException, InterruptedException {
    try {
      if (request.isDone()) {
        request.get();
      }
      return request.isDone();
    } catch (ExecutionException e) {
      throw new JobFailedException(name, e);
    }
  }
}
