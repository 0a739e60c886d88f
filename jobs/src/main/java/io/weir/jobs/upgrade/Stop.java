package io.weir.jobs.upgrade;

import io.weir.jobs.rest.Answer;
import io.weir.jobs.rest.JobManager;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stops a job with a savepoint. One that meets a switch of versions fails, and the job goes on: it
 * is asked for again. Flink keeps the outcome under an id that is ours, so a lost answer is no lost
 * savepoint.
 */
public final class Stop {

  private final JobManager jobManager;
  private final JobStates states;
  private final String job;
  private final boolean drain;
  private final @Nullable String savepoints;
  private final Duration limit;
  private final Consumer<String> says;
  private final Deadline deadline;

  private String attempt = newAttempt();
  private boolean asked;
  private boolean begun;

  /** Another's savepoint, older than what is asked for here: it must not be taken for ours. */
  private @Nullable String before;

  /**
   * Prepares to stop a job.
   *
   * @param drain whether it closes all windows first, for good
   * @param savepoints where the savepoint goes; null: where the cluster's configuration says
   * @param limit for the savepoint, and then for the job's end
   * @param says is told what goes wrong, a line each
   */
  public Stop(
      JobManager jobManager,
      String job,
      boolean drain,
      @Nullable String savepoints,
      Duration limit,
      Consumer<String> says) {
    this.jobManager = jobManager;
    this.states = new JobStates(jobManager);
    this.job = job;
    this.drain = drain;
    this.savepoints = savepoints;
    this.limit = limit;
    this.says = says;
    deadline = Deadline.in(limit);
  }

  private static String newAttempt() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  /**
   * Stops the job, and waits until it has ended.
   *
   * @return where the savepoint is; null: there was none within the limit, and the job runs on
   * @throws RefusedException if the cluster takes no savepoints like this; the job runs on
   * @throws UnclearException if it may have stopped without a savepoint that is known
   */
  public @Nullable String stop() throws InterruptedException, RefusedException, UnclearException {
    while (!deadline.isOver()) {
      try {
        String savepoint = asked ? outcome() : ask();
        if (savepoint != null) {
          return awaitEnd(savepoint);
        }
      } catch (IOException e) {
        says.accept("no answer (" + e.getMessage() + "), asking again");
        asked = true;
      }
      deadline.pause();
    }
    requireRunning();
    return null;
  }

  private @Nullable String ask()
      throws IOException, InterruptedException, RefusedException, UnclearException {
    if (!begun) {
      before = states.newestSavepoint(job);
      begun = true;
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("triggerId", attempt);
    body.put("drain", drain);
    body.put("formatType", "CANONICAL");
    if (savepoints != null) {
      body.put("targetDirectory", savepoints);
    }
    Answer answer = jobManager.post("/jobs/" + job + "/stop", body);
    if (answer.status() == 400) {
      throw new RefusedException("the job cannot be stopped: " + answer.error());
    }
    asked = answer.isOk();
    if (!asked) {
      requireAlive();
      says.accept("not stopped: " + answer.error() + "; asking again");
    }
    return null;
  }

  private @Nullable String outcome() throws IOException, InterruptedException, UnclearException {
    Answer answer = jobManager.get("/jobs/" + job + "/savepoints/" + attempt);
    if (answer.isUnknown()) {
      return unknown();
    }
    if (!answer.text("status", "id").equals("COMPLETED")) {
      return null;
    }
    String location = answer.text("operation", "location");
    if (!location.isEmpty()) {
      return location;
    }
    requireAlive();
    says.accept("no savepoint: " + answer.error() + "; asking again");
    attempt = newAttempt();
    asked = false;
    return null;
  }

  /** The request did not arrive, or whoever took it is gone: the job itself knows. */
  private @Nullable String unknown() throws IOException, InterruptedException, UnclearException {
    String state = states.of(job);
    if (state.equals(JobStates.FINISHED)) {
      String savepoint = states.newestSavepoint(job);
      if (savepoint != null && !savepoint.equals(before)) {
        return savepoint;
      }
    }
    requireAlive();
    asked = false;
    return null;
  }

  private void requireAlive() throws IOException, InterruptedException, UnclearException {
    String state = states.of(job);
    if (JobStates.isEnd(state) || state.equals(JobStates.UNKNOWN)) {
      throw new UnclearException(
          "job %s is %s, and no savepoint of it is known; its newest checkpoint: %s"
              .formatted(job, state, states.newestCheckpoint(job)));
    }
  }

  private String awaitEnd(String savepoint) throws InterruptedException, UnclearException {
    Boolean ended = Deadline.in(limit).await(() -> JobStates.isEnd(states.of(job)) ? true : null);
    if (ended == null) {
      throw new UnclearException(
          "job %s does not end (it is %s), though its savepoint is complete: %s"
              .formatted(job, states.describe(job), savepoint));
    }
    return savepoint;
  }

  private void requireRunning() throws InterruptedException, UnclearException {
    String state = states.describe(job);
    if (asked || !state.equals(JobStates.RUNNING)) {
      throw new UnclearException(
          "there was no savepoint within the limit; job %s is %s, and may still stop"
              .formatted(job, state));
    }
  }
}
