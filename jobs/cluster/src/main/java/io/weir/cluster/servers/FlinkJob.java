package io.weir.cluster.servers;

import io.weir.cluster.process.Patience;
import io.weir.jobs.rest.Answer;
import io.weir.jobs.rest.JobManager;
import io.weir.jobs.upgrade.RefusedException;
import io.weir.jobs.upgrade.Stop;
import io.weir.jobs.upgrade.UnclearException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job of a cluster.
 *
 * @param id as Flink writes it
 */
public record FlinkJob(JobManager jobManager, String id) {

  private static final Logger LOG = LoggerFactory.getLogger(FlinkJob.class);

  /**
   * Uploads a jar and starts its main class. A JobManager that says nothing is asked again: the
   * job's id is ours, so it starts once.
   */
  public static FlinkJob submit(
      JobManager jobManager, Path jar, List<String> arguments, Patience patience)
      throws IOException, InterruptedException {
    String uploaded =
        patience.await("the upload of " + jar, () -> Optional.of(upload(jobManager, jar)));
    FlinkJob job = new FlinkJob(jobManager, UUID.randomUUID().toString().replace("-", ""));
    patience.until("the start of a job", () -> Optional.of(job.isStarted(uploaded, arguments)));
    return job;
  }

  /** Hands a jar over; returns its id. */
  public static String upload(JobManager jobManager, Path jar)
      throws IOException, InterruptedException {
    String stored = ok(jobManager.upload(jar)).text("filename");
    return stored.substring(stored.lastIndexOf('/') + 1);
  }

  private boolean isStarted(String jar, List<String> arguments)
      throws IOException, InterruptedException {
    // The answer to an earlier request may have been lost.
    return jobManager.get("/jobs/" + id).isOk() || ok(run(jar, arguments)).isOk();
  }

  /** Starts the main class of an uploaded jar, unless that is refused. */
  public Answer run(String jar, List<String> arguments) throws IOException, InterruptedException {
    return jobManager.post(
        "/jars/" + jar + "/run", Map.of("programArgsList", arguments, "jobId", id));
  }

  private Answer ask(String about) throws IOException, InterruptedException {
    return ok(jobManager.get("/jobs/" + id + about));
  }

  private static Answer ok(Answer answer) throws IOException {
    if (!answer.isOk()) {
      throw new IOException(answer.error());
    }
    return answer;
  }

  /** Whether all of its subtasks run. */
  public boolean isRunning() throws IOException, InterruptedException {
    Answer job = ask("");
    List<Answer> vertices = job.objects("vertices");
    return job.text("state").equals("RUNNING")
        && !vertices.isEmpty()
        && vertices.stream().allMatch(FlinkJob::allSubtasksRun);
  }

  private static boolean allSubtasksRun(Answer vertex) {
    return vertex.number("tasks", "RUNNING") == vertex.number("parallelism");
  }

  /** The state that it ended in, such as {@code FINISHED}, if it has. */
  public Optional<String> end() throws IOException, InterruptedException {
    Answer job = ask("");
    return job.number("end-time") > 0 ? Optional.of(job.text("state")) : Optional.empty();
  }

  /** The number of the checkpoint that it was restored from last; 0 if it was not. */
  public long restoredCheckpoint() throws IOException, InterruptedException {
    return ask("/checkpoints").number("latest", "restored", "id");
  }

  /**
   * When the newest completed checkpoint began, in milliseconds since 1970 by the JobManager's
   * clock; 0 if this JobManager has seen none.
   */
  public long completedCheckpointStart() throws IOException, InterruptedException {
    return ask("/checkpoints").number("latest", "completed", "trigger_timestamp");
  }

  /** The id of a TaskManager that runs one of its subtasks, if one does. */
  public Optional<String> taskManager() throws IOException, InterruptedException {
    for (Answer vertex : ask("").objects("vertices")) {
      for (Answer subtask : ask("/vertices/" + vertex.text("id")).objects("subtasks")) {
        if (subtask.text("status").equals("RUNNING")) {
          return Optional.of(subtask.text("taskmanager-id"));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Closes all windows, stops it with a savepoint, and waits for its end. Where that meets a switch
   * of versions, or gets no answer, it is asked for again.
   *
   * @param limit for the savepoint, and then for the end
   * @throws IOException if it does not finish
   */
  public void finish(Path savepoints, Duration limit) throws IOException, InterruptedException {
    try {
      String folder = savepoints.toUri().toString();
      if (new Stop(jobManager, id, true, folder, limit, LOG::info).stop() == null) {
        throw new IOException("the job took no savepoint within " + limit.toSeconds() + " s");
      }
    } catch (RefusedException | UnclearException e) {
      throw new IOException(e.getMessage(), e);
    }
    String end = Patience.of(limit).await("the end of the job", this::end);
    if (!end.equals("FINISHED")) {
      throw new IOException("the job did not finish but " + end);
    }
  }
}
