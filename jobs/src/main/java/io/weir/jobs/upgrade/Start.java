package io.weir.jobs.upgrade;

import io.weir.jobs.rest.Answer;
import io.weir.jobs.rest.JobManager;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts a job from a savepoint, and waits for its first completed checkpoint. The job's id is
 * ours, so that it can be asked for when the answer to its start was lost.
 */
final class Start {

  private static final Duration FORGET = Duration.ofSeconds(10);

  private final JobManager jobManager;
  private final JobStates states;
  private final Jars jars;
  private final Duration limit;
  private final Consumer<String> says;
  private final String id = UUID.randomUUID().toString().replace("-", "");

  private String problem = "";
  private boolean unanswered;
  private String checkpoint = "";

  /**
   * Prepares a start.
   *
   * @param limit for the job's first checkpoint
   * @param says is told each step, a line each
   */
  Start(JobManager jobManager, Duration limit, Consumer<String> says) {
    this.jobManager = jobManager;
    this.states = new JobStates(jobManager);
    this.jars = new Jars(jobManager);
    this.limit = limit;
    this.says = says;
  }

  /** The id of the job, whether it was started or not. */
  String id() {
    return id;
  }

  /** Why it did not come so far. */
  String problem() {
    return problem;
  }

  /**
   * Starts it and waits.
   *
   * @return whether it has completed a checkpoint, or has finished its work, within the limit; if
   *     not, {@link #problem} says why, and the job may run
   * @throws UnclearException if it may start later on
   */
  boolean start(String jar, List<String> arguments, int parallelism, String savepoint)
      throws InterruptedException, UnclearException {
    Deadline deadline = Deadline.in(limit);
    return submit(deadline, jar, arguments, parallelism, savepoint) && awaitCheckpoint(deadline);
  }

  private boolean submit(
      Deadline deadline, String jar, List<String> arguments, int parallelism, String savepoint)
      throws InterruptedException, UnclearException {
    Boolean submitted = deadline.await(() -> trySubmit(jar, arguments, parallelism, savepoint));
    if (unanswered) {
      throw new UnclearException(
          "the JobManager was asked to start job " + id + " and did not answer; it may yet do so");
    }
    if (submitted == null) {
      problem = "the JobManager did not answer";
    }
    return Boolean.TRUE.equals(submitted);
  }

  private @Nullable Boolean trySubmit(
      String jar, List<String> arguments, int parallelism, String savepoint)
      throws IOException, InterruptedException {
    // The answer to an earlier request may have been lost.
    if (!states.of(id).equals(JobStates.UNKNOWN)) {
      unanswered = false;
      return true;
    }
    unanswered = true;
    Answer answer = jars.run(jar, id, arguments, parallelism, savepoint);
    unanswered = false;
    if (answer.isOk()) {
      return true;
    }
    problem = "it did not start: " + answer.error();
    return !states.of(id).equals(JobStates.UNKNOWN);
  }

  private boolean awaitCheckpoint(Deadline deadline) throws InterruptedException {
    says.accept("job " + id + " is submitted; waiting for its first checkpoint");
    Boolean completed = deadline.await(this::hasCheckpoint);
    if (completed == null) {
      problem =
          "it completed no checkpoint within %d s and is %s; %s"
              .formatted(limit.toSeconds(), states.describe(id), states.failure(id));
    }
    return Boolean.TRUE.equals(completed);
  }

  private @Nullable Boolean hasCheckpoint() throws IOException, InterruptedException {
    String state = states.of(id);
    if (JobStates.isEnd(state) && !state.equals(JobStates.FINISHED)) {
      problem = "it is " + state + ": " + states.failure(id);
      return false;
    }
    if (state.equals(JobStates.FINISHED) || states.completedCheckpoints(id) > 0) {
      forgetCheckpoint();
      return true;
    }
    if (state.equals(JobStates.RUNNING) && checkpoint.isEmpty()) {
      askForCheckpoint();
    } else if (!checkpoint.isEmpty() && isOver()) {
      checkpoint = "";
    }
    return null;
  }

  /** So that nobody waits for a job whose checkpoints are far apart. */
  private void askForCheckpoint() throws IOException, InterruptedException {
    checkpoint =
        jobManager
            .post("/jobs/" + id + "/checkpoints", Map.of("checkpointType", "CONFIGURED"))
            .text("request-id");
  }

  private boolean isOver() throws IOException, InterruptedException {
    return !jobManager
        .get("/jobs/" + id + "/checkpoints/" + checkpoint)
        .text("status", "id")
        .equals("IN_PROGRESS");
  }

  /** A JobManager does not end for minutes while an outcome that was asked for is not fetched. */
  void forgetCheckpoint() throws InterruptedException {
    if (!checkpoint.isEmpty()) {
      Deadline.in(FORGET).await(() -> isOver() ? true : null);
    }
  }
}
