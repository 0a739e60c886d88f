package io.weir.jobs.upgrade;

import io.weir.jobs.rest.Answer;
import io.weir.jobs.rest.Causes;
import io.weir.jobs.rest.JobManager;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a JobManager says of jobs by their ids. */
record JobStates(JobManager jobManager) {

  /** What it says of a job that it does not know. */
  static final String UNKNOWN = "UNKNOWN";

  static final String FINISHED = "FINISHED";
  static final String RUNNING = "RUNNING";

  private static final Set<String> ENDS = Set.of(FINISHED, "FAILED", "CANCELED");

  static boolean isEnd(String state) {
    return ENDS.contains(state);
  }

  /** The state, in Flink's words, or {@link #UNKNOWN}. */
  String of(String job) throws IOException, InterruptedException {
    Answer answer = jobManager.get("/jobs/" + job);
    if (answer.isUnknown()) {
      return UNKNOWN;
    }
    requireOk(answer);
    return answer.text("state");
  }

  /** The state, or that nobody says it: for messages. */
  String describe(String job) throws InterruptedException {
    try {
      return of(job);
    } catch (IOException e) {
      return "not known, since the JobManager does not answer (" + e.getMessage() + ")";
    }
  }

  long completedCheckpoints(String job) throws IOException, InterruptedException {
    Answer answer = jobManager.get("/jobs/" + job + "/checkpoints");
    requireOk(answer);
    return answer.number("counts", "completed");
  }

  /** Where the newest savepoint of a job is, also of one that has ended; null: there is none. */
  @Nullable String newestSavepoint(String job) throws IOException, InterruptedException {
    return path(job, "savepoint");
  }

  /** Where the newest checkpoint of a job is; null: there is none. */
  @Nullable String newestCheckpoint(String job) throws IOException, InterruptedException {
    return path(job, "completed");
  }

  private @Nullable String path(String job, String kind) throws IOException, InterruptedException {
    Answer answer = jobManager.get("/jobs/" + job + "/checkpoints");
    if (!answer.isUnknown()) {
      requireOk(answer);
    }
    String path = answer.text("latest", kind, "external_path");
    return path.isEmpty() ? null : path;
  }

  /** Why a job failed, in a line; empty where it did not. */
  String failure(String job) throws InterruptedException {
    try {
      Answer answer = jobManager.get("/jobs/" + job + "/exceptions");
      String trace = answer.text("root-exception");
      return trace.isEmpty() ? newest(answer) : Causes.innermost(trace);
    } catch (IOException e) {
      return "";
    }
  }

  private static String newest(Answer answer) {
    Object entries = answer.at("exceptionHistory", "entries");
    return entries instanceof List<?> list
            && !list.isEmpty()
            && list.get(0) instanceof Map<?, ?> entry
        ? Causes.innermost(String.valueOf(entry.get("stacktrace")))
        : "";
  }

  /** Cancels a job; whether it has certainly ended, or was never there. */
  boolean cancel(String job, Duration limit) throws InterruptedException {
    Deadline deadline = Deadline.in(limit);
    return Boolean.TRUE.equals(deadline.<Boolean>await(() -> tryToCancel(job)));
  }

  private @Nullable Boolean tryToCancel(String job) throws IOException, InterruptedException {
    String state = of(job);
    if (isEnd(state) || state.equals(UNKNOWN)) {
      return true;
    }
    jobManager.cancel(job);
    return null;
  }

  static void requireOk(Answer answer) throws IOException {
    if (!answer.isOk()) {
      throw new IOException(answer.error());
    }
  }
}
