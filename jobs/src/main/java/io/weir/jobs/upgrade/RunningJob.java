package io.weir.jobs.upgrade;

import io.weir.jobs.rest.Answer;
import io.weir.jobs.rest.JobManager;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The job that is to be replaced.
 *
 * @param parallelism 0: the cluster's default
 * @param note how it was started; null where that is not known
 */
record RunningJob(String id, String name, int parallelism, @Nullable StartNote note) {

  /** Finds it by its name or its id, and sees that it can be replaced. */
  static RunningJob find(JobManager jobManager, String nameOrId)
      throws IOException, InterruptedException, RefusedException {
    Answer overview = jobManager.get("/jobs/overview");
    JobStates.requireOk(overview);
    List<Answer> running =
        overview.objects("jobs").stream()
            .filter(job -> !JobStates.isEnd(job.text("state")))
            .toList();
    List<Answer> found =
        running.stream()
            .filter(job -> nameOrId.equals(job.text("jid")) || nameOrId.equals(job.text("name")))
            .toList();
    if (found.size() != 1) {
      throw new RefusedException(
          (found.isEmpty() ? "there is no job " : "there are several jobs named ")
              + nameOrId
              + "; running: "
              + describe(running));
    }
    return read(jobManager, found.get(0));
  }

  private static RunningJob read(JobManager jobManager, Answer job)
      throws IOException, InterruptedException, RefusedException {
    String id = job.text("jid");
    if (!job.text("state").equals(JobStates.RUNNING)) {
      throw new RefusedException(
          "job " + id + " is " + job.text("state") + "; it can be replaced when it is RUNNING");
    }
    if (jobManager.get("/jobs/" + id + "/checkpoints").isUnknown()) {
      throw new RefusedException(
          "job " + id + " takes no checkpoints (execution.checkpointing.interval is not set)");
    }
    Answer config = jobManager.get("/jobs/" + id + "/config");
    JobStates.requireOk(config);
    Object parameters = config.at("execution-config", "user-config");
    return new RunningJob(
        id,
        job.text("name"),
        Math.max(0, (int) config.number("execution-config", "job-parallelism")),
        parameters instanceof Map<?, ?> map ? StartNote.read(map) : null);
  }

  /** The arguments that it was started with. */
  List<String> arguments() throws RefusedException {
    if (note == null || note.hidesSecrets()) {
      throw new RefusedException(
          (note == null
                  ? "job " + id + " does not say with which arguments it was started"
                  : "an argument of job " + id + " may be a secret, and was not kept")
              + "; give them behind --, such as -- analytics --settings FILE");
    }
    return note.arguments();
  }

  private static String describe(List<Answer> jobs) {
    return jobs.isEmpty()
        ? "none"
        : jobs.stream()
            .map(job -> job.text("name") + " (" + job.text("jid") + ")")
            .sorted()
            .collect(Collectors.joining(", "));
  }
}
