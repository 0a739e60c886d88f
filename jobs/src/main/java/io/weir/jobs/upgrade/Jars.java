package io.weir.jobs.upgrade;

import io.weir.jobs.rest.Answer;
import io.weir.jobs.rest.JobManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The jars that a JobManager was given. */
record Jars(JobManager jobManager) {

  /** Hands a jar over; returns its id. */
  String upload(Path jar) throws IOException, InterruptedException, RefusedException {
    if (!Files.isRegularFile(jar)) {
      throw new RefusedException(jar + ": there is no such file");
    }
    Answer answer = jobManager.upload(jar);
    if (!answer.isOk()) {
      throw new RefusedException(
          jar
              + " was not taken: "
              + answer.error()
              + " (a cluster in application mode, or with web.submit.enable: false, takes no jar)");
    }
    String stored = answer.text("filename");
    return stored.substring(stored.lastIndexOf('/') + 1);
  }

  boolean has(String id) throws IOException, InterruptedException {
    return jobManager.get("/jars").objects("files").stream()
        .anyMatch(jar -> id.equals(jar.text("id")));
  }

  /** Takes a jar back; one that is not taken back only needs room. */
  void remove(String id) throws InterruptedException {
    try {
      jobManager.delete("/jars/" + id);
    } catch (IOException e) {
      // See above.
    }
  }

  /**
   * Has a jar build its graph, and nothing else; returns what is wrong, null if that is nothing.
   */
  @Nullable String rehearse(String id, List<String> arguments)
      throws IOException, InterruptedException {
    Answer answer = jobManager.post("/jars/" + id + "/plan", Map.of("programArgsList", arguments));
    return answer.isOk() ? null : answer.error();
  }

  /**
   * Starts a job.
   *
   * @param job its id, which makes it safe to ask twice
   * @param parallelism 0: the cluster's default
   */
  Answer run(String id, String job, List<String> arguments, int parallelism, String savepoint)
      throws IOException, InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("programArgsList", arguments);
    body.put("jobId", job);
    body.put("savepointPath", savepoint);
    body.put("allowNonRestoredState", false);
    if (parallelism > 0) {
      body.put("parallelism", parallelism);
    }
    return jobManager.post("/jars/" + id + "/run", body);
  }
}
