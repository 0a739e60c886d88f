package io.weir.cluster.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A job of a cluster.
 *
 * @param id as Flink writes it
 */
public record FlinkJob(FlinkRest rest, String id) {

  private JsonNode ask() throws IOException, InterruptedException {
    return rest.get("/jobs/" + id);
  }

  /** Its state, such as {@code RUNNING}. */
  public String state() throws IOException, InterruptedException {
    return ask().path("state").asText();
  }

  /** Whether all of its subtasks run. */
  public boolean isRunning() throws IOException, InterruptedException {
    JsonNode job = ask();
    for (JsonNode vertex : job.path("vertices")) {
      if (vertex.path("tasks").path("RUNNING").asInt() != vertex.path("parallelism").asInt()) {
        return false;
      }
    }
    return job.path("state").asText().equals("RUNNING") && !job.path("vertices").isEmpty();
  }

  /** The state that it ended in, if it has. */
  public Optional<String> end() throws IOException, InterruptedException {
    JsonNode job = ask();
    return job.path("end-time").asLong() >= 0
        ? Optional.of(job.path("state").asText())
        : Optional.empty();
  }

  /** The number of the checkpoint that it was restored from last; 0 if it was not. */
  public long restoredCheckpoint() throws IOException, InterruptedException {
    return latest().path("restored").path("id").asLong();
  }

  private JsonNode latest() throws IOException, InterruptedException {
    return rest.get("/jobs/" + id + "/checkpoints").path("latest");
  }

  /**
   * When the newest completed checkpoint began, in milliseconds since 1970 by the JobManager's
   * clock; 0 if this JobManager has seen none.
   */
  public long completedCheckpointStart() throws IOException, InterruptedException {
    return latest().path("completed").path("trigger_timestamp").asLong();
  }

  /** The id of a TaskManager that runs one of its subtasks. */
  public Optional<String> taskManager() throws IOException, InterruptedException {
    String vertex = ask().path("vertices").path(0).path("id").asText();
    JsonNode subtask = rest.get("/jobs/" + id + "/vertices/" + vertex).path("subtasks").path(0);
    return Optional.of(subtask.path("taskmanager-id").asText()).filter(name -> !name.isEmpty());
  }

  /**
   * Asks it to stop with a savepoint.
   *
   * @param drain whether it closes all windows first, for good
   */
  public void stop(boolean drain, Path folder) throws IOException, InterruptedException {
    Map<String, Object> body = Map.of("drain", drain, "targetDirectory", folder.toUri().toString());
    var unused = rest.post("/jobs/" + id + "/stop", body).ifOk();
  }
}
