package io.weir.jobs.analytics;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.jobs.analytics.FaultyRows.Board;
import io.weir.jobs.local.LocalCluster;
import io.weir.operators.intake.Intake;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import io.weir.operators.row.Schema;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * An analytics job with {@link FaultyRows} behind its gate, whose checkpoints the test asks for.
 */
final class RunningJob {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final ObjectMapper JACKSON = new ObjectMapper();

  private final LocalCluster cluster;
  private final JobClient client;
  private final Board board;
  private int attempt;

  private RunningJob(LocalCluster cluster, JobClient client, Board board) {
    this.cluster = cluster;
    this.client = client;
    this.board = board;
  }

  static RunningJob start(LocalCluster cluster, AnalyticsSettings settings, int parallelism)
      throws Exception {
    return start(cluster, settings, parallelism, new Configuration());
  }

  /** Goes on from a savepoint. */
  static RunningJob restore(
      LocalCluster cluster, AnalyticsSettings settings, int parallelism, String savepoint)
      throws Exception {
    Configuration from = new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    return start(cluster, settings, parallelism, from);
  }

  private static RunningJob start(
      LocalCluster cluster, AnalyticsSettings settings, int parallelism, Configuration more)
      throws Exception {
    Board board = FaultyRows.newBoard();
    JobClient client =
        cluster.submit(
            "analytics",
            env -> {
              env.configure(more);
              env.setParallelism(parallelism);
              define(env, settings);
            });
    return new RunningJob(cluster, client, board);
  }

  private static void define(StreamExecutionEnvironment env, AnalyticsSettings settings) {
    Schema columns = settings.plan().rows();
    Intake<Row> intake = settings.input().attach(env, columns, AnalyticsJob.NAME);
    FaultyRows faulty = new FaultyRows(columns.requireIndexOf("id"));
    AnalyticsJob.define(
        new Intake<>(
            intake.values().transform("faulty", new RowTypeInfo(columns), faulty).uid("faulty"),
            intake.deadLetters()),
        settings);
  }

  Board board() {
    return board;
  }

  /** Waits until rows have passed in the present attempt, and the time up to a watermark. */
  void awaitRead(Set<Long> ids, long watermark) {
    await("rows read").atMost(PATIENCE).until(() -> board.hasPassed(attempt, ids));
    await("time read").atMost(PATIENCE).until(() -> board.hasReached(watermark));
  }

  /** Has a checkpoint made, and waits until it is complete; returns its number. */
  long checkpoint() {
    return await("checkpoint")
        .atMost(PATIENCE)
        .until(this::tryCheckpoint, Optional::isPresent)
        .orElseThrow();
  }

  /** Has a checkpoint made; empty if it fails, as it does while tasks are starting. */
  Optional<Long> tryCheckpoint() throws Exception {
    JsonNode triggered = post("/checkpoints", "{\"checkpointType\":\"CONFIGURED\"}");
    if (!triggered.has("request-id")) {
      return Optional.empty();
    }
    String status = "/checkpoints/" + triggered.get("request-id").asText();
    JsonNode operation =
        await("end of a checkpoint")
            .atMost(PATIENCE)
            .until(
                () -> get(status), answer -> answer.at("/status/id").asText().equals("COMPLETED"))
            .get("operation");
    return Optional.ofNullable(operation.get("checkpointId"))
        .filter(JsonNode::isIntegralNumber)
        .map(JsonNode::asLong);
  }

  /** Waits until the job has failed and been restored; returns the checkpoint it went back to. */
  long awaitRestored() {
    await("failure").atMost(PATIENCE).until(board::hasFailed);
    attempt++;
    await("recovery").atMost(PATIENCE).until(() -> board.restored(attempt) >= 0);
    return board.restored(attempt);
  }

  /**
   * Waits until the JobManager says how often it restored the job, and from which checkpoint last:
   * its REST server answers from a copy, which may be older.
   */
  void awaitRecoveries(String expected) {
    await("recoveries").atMost(PATIENCE).until(this::recoveries, expected::equals);
  }

  private String recoveries() throws Exception {
    JsonNode checkpoints = get("/checkpoints");
    return "%s, last from checkpoint %s"
        .formatted(
            checkpoints.at("/counts/restored").asText(),
            checkpoints.at("/latest/restored/id").asText());
  }

  /** Stops the job; returns the savepoint. */
  String stop() throws Exception {
    return client.stopWithSavepoint(false, null, SavepointFormatType.CANONICAL).get();
  }

  /** Ends the job as if its input had ended: all windows close. */
  void drain() throws Exception {
    client.stopWithSavepoint(true, null, SavepointFormatType.CANONICAL).get();
    client.getJobExecutionResult().get();
  }

  /** Ends the job if the test has not come to its end. */
  void cancelIfRunning() throws Exception {
    if (!client.getJobStatus().get().isGloballyTerminalState()) {
      client.cancel().get();
    }
  }

  private JsonNode get(String path) throws Exception {
    return send(request(path));
  }

  private JsonNode post(String path, String body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(cluster.address().resolve("/jobs/" + client.getJobID() + path))
        .timeout(PATIENCE);
  }

  private static JsonNode send(HttpRequest.Builder request) throws Exception {
    return JACKSON.readTree(
        HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body());
  }
}
