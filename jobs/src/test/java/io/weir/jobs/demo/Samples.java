package io.weir.jobs.demo;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;

/** What the process and a job's state take, hour by hour of a day. */
final class Samples {

  private static final int QUARTERS = 4;
  private static final long MEBIBYTE = 1 << 20;
  private static final ObjectMapper JACKSON = new ObjectMapper();

  private record Sample(long heapBytes, long stateBytes, long checkpoints) {}

  private final URI checkpoints;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Sample> samples = new ArrayList<>();

  Samples(URI cluster, JobID job) {
    checkpoints = cluster.resolve("/jobs/" + job + "/checkpoints");
  }

  /** Takes so many, one at the end of each stretch of time. */
  void takeEach(Duration stretch, int count) throws Exception {
    long start = System.nanoTime();
    for (int i = 1; i <= count; i++) {
      long due = start + i * stretch.toNanos();
      await("an hour").forever().until(() -> System.nanoTime() - due >= 0);
      samples.add(take());
    }
  }

  private Sample take() throws Exception {
    JsonNode answer =
        JACKSON.readTree(
            client
                .send(HttpRequest.newBuilder(checkpoints).build(), BodyHandlers.ofString())
                .body());
    // What nobody holds does not count.
    System.gc();
    return new Sample(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        answer.at("/latest/completed/state_size").asLong(),
        answer.at("/counts/completed").asLong());
  }

  /** The median of a quarter of the day, from 1 on, in bytes. */
  double heapOfQuarter(int quarter) {
    return median(quarter, Sample::heapBytes);
  }

  /** The same of the newest checkpoint's size. */
  double stateOfQuarter(int quarter) {
    return median(quarter, Sample::stateBytes);
  }

  private double median(int quarter, ToLongFunction<Sample> bytes) {
    int length = samples.size() / QUARTERS;
    long[] sorted =
        samples.subList((quarter - 1) * length, quarter * length).stream()
            .mapToLong(bytes)
            .sorted()
            .toArray();
    return sorted[sorted.length / 2];
  }

  @Override
  public String toString() {
    return samples.stream()
        .map(
            sample ->
                "heap %d MiB, state %d KiB, checkpoints %d"
                    .formatted(
                        sample.heapBytes() / MEBIBYTE,
                        sample.stateBytes() / 1024,
                        sample.checkpoints()))
        .collect(Collectors.joining("\n"));
  }
}
