package io.weir.jobs.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.weir.jobs.encoding.RowFormat;
import io.weir.operators.intake.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {

  private static final List<byte[]> RECORDS =
      List.of(
          "{broken".getBytes(StandardCharsets.UTF_8),
          "grüße 🙂\n\"x\"".getBytes(StandardCharsets.UTF_8),
          new byte[0],
          new byte[] {'a', 0, 'b'},
          new byte[] {(byte) 0xC3, '('},
          "\uFFFD".getBytes(StandardCharsets.UTF_8));

  @TempDir private Path folder;

  @Test
  void everyByteOfEveryRecordIsKept() throws Exception {
    run(new FileSinkSettings(folder.resolve("dead").toString(), RowFormat.JSON, 1 << 20));

    Map<Long, JsonNode> rows = rows();
    assertThat(rows).hasSameSizeAs(RECORDS);
    for (int i = 0; i < RECORDS.size(); i++) {
      JsonNode row = rows.getOrDefault((long) i, NullNode.getInstance());
      assertThat(bytes(row)).isEqualTo(RECORDS.get(i));
      assertThat(row.get("text").isNull()).isNotEqualTo(row.get("base64").isNull());
      assertThat(row.get("reason").textValue()).isEqualTo("broken");
      assertThat(row.get("origin").textValue()).isEqualTo("topic-1");
      assertThat(row.get("detail").textValue()).isEqualTo("why " + i);
    }
    assertThat(rows.values()).filteredOn(row -> row.get("text").isNull()).hasSize(2);
  }

  private static byte[] bytes(JsonNode row) throws Exception {
    return row.get("text").isNull()
        ? row.get("base64").binaryValue()
        : row.get("text").textValue().getBytes(StandardCharsets.UTF_8);
  }

  private Map<Long, JsonNode> rows() throws Exception {
    Map<Long, JsonNode> rows = new HashMap<>();
    try (Stream<Path> files = Files.list(folder.resolve("dead"))) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode row = new ObjectMapper().readTree(line);
          rows.put(row.get("position").longValue(), row);
        }
      }
    }
    return rows;
  }

  @Test
  void withoutASinkTheyAreCountedByReason() throws Exception {
    Map<String, Metric> counters = run(null);

    assertThat(counters.values())
        .singleElement()
        .isInstanceOfSatisfying(
            Counter.class, counter -> assertThat(counter.getCount()).isEqualTo(RECORDS.size()));
  }

  /** Returns the counters of broken records. */
  private static Map<String, Metric> run(@Nullable SinkSettings sink) throws Exception {
    Configuration configuration = new Configuration();
    InMemoryReporter metrics = InMemoryReporter.createWithRetainedMetrics();
    metrics.addToConfiguration(configuration);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
    List<DeadLetter> letters = new ArrayList<>();
    for (int i = 0; i < RECORDS.size(); i++) {
      letters.add(new DeadLetter("broken", "why " + i, "topic-1", i, RECORDS.get(i)));
    }
    DeadLetters.attach(env.fromData(letters), sink, "dead-letters");
    return metrics.findMetrics(env.execute().getJobID(), "deadLetters.broken");
  }
}
