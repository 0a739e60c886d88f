package io.weir.jobs.savepoints;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.apache.flink.api.common.JobID;

/** The checkpoints of a running job, by the REST API. */
record Checkpoints(URI cluster, JobID job) {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final ObjectMapper JACKSON = new ObjectMapper();

  /** Has a checkpoint made, and waits until it is complete. */
  void complete() {
    await("a checkpoint").atMost(PATIENCE).until(this::tryToComplete);
  }

  // It fails while tasks are starting.
  private boolean tryToComplete() throws Exception {
    JsonNode triggered =
        send(
            request("/checkpoints")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"checkpointType\":\"CONFIGURED\"}")));
    if (!triggered.has("request-id")) {
      return false;
    }
    String status = "/checkpoints/" + triggered.get("request-id").asText();
    return await("the end of a checkpoint")
        .atMost(PATIENCE)
        .until(
            () -> send(request(status)),
            answer -> answer.at("/status/id").asText().equals("COMPLETED"))
        .at("/operation/checkpointId")
        .isIntegralNumber();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(cluster.resolve("/jobs/" + job + path)).timeout(PATIENCE);
  }

  private static JsonNode send(HttpRequest.Builder request) throws Exception {
    return JACKSON.readTree(
        HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body());
  }
}
