package io.weir.jobs.dubbo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.jobs.local.LocalCluster;
import io.weir.jobs.monitoring.MonitoringRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Dubbo provider and a Dubbo consumer in two processes, whose calls OpenTelemetry's filters for
 * Dubbo trace. Both see each call. What a provider throws is an error of both; a timeout is one of
 * the consumer alone, as the provider does answer in the end.
 */
@Timeout(300)
class DubboIT {

  private static final List<String> METHODS = List.of("count", "reserve");

  @TempDir private Path folder;

  /** What the table of operations says of one, over all minutes. */
  private record Seen(long calls, long errors) {

    Seen plus(JsonNode row) {
      return new Seen(calls + row.get("calls").asLong(), errors + row.get("errors").asLong());
    }
  }

  /** Lets the consumer call the provider; returns how many calls it says it made. */
  private Map<String, Map<Outcome, Integer>> makeCalls(Path spans)
      throws IOException, InterruptedException {
    try (OtlpReceiver receiver = OtlpReceiver.start(spans);
        JavaProcess provider =
            JavaProcess.start(folder, StockProvider.class, receiver.endpoint())) {
      String port = provider.awaitLine("ready");
      try (JavaProcess consumer =
          JavaProcess.start(folder, StockConsumer.class, port, receiver.endpoint())) {
        Map<String, Map<Outcome, Integer>> made = made(consumer.awaitEnd());
        provider.awaitEnd();
        return made;
      }
    }
  }

  private static Map<String, Map<Outcome, Integer>> made(List<String> said) {
    Map<String, Map<Outcome, Integer>> made = new HashMap<>();
    for (String line : said) {
      String[] words = line.split(" ", -1);
      if (words.length == 3 && METHODS.contains(words[0])) {
        made.computeIfAbsent(words[0], method -> new EnumMap<>(Outcome.class))
            .put(Outcome.valueOf(words[1]), Integer.parseInt(words[2]));
      }
    }
    return made;
  }

  private static Seen seen(MonitoringRun run, String service, String method) throws IOException {
    Seen seen = new Seen(0, 0);
    for (JsonNode row : run.table("red_by_operation")) {
      if (row.get("service").asText().equals(service)
          && row.get("operation").asText().equals(Stock.class.getName() + "/" + method)) {
        seen = seen.plus(row);
      }
    }
    return seen;
  }

  private static long sum(List<JsonNode> rows, String column) {
    return rows.stream().mapToLong(row -> row.get(column).asLong()).sum();
  }

  @Test
  void callsMadeAreCallsCountedPerMethodAndOutcome() throws Exception {
    Path spans = folder.resolve("spans.binpb");
    Map<String, Map<Outcome, Integer>> made = makeCalls(spans);
    MonitoringRun run = new MonitoringRun(folder);

    try (LocalCluster cluster = LocalCluster.start(MonitoringRun.profile())) {
      run.run(
          cluster,
          2,
          """
          source: {file: {path: "%s", format: otlp-proto}}
          time: {lateness: 1h}
          """
              .formatted(spans));
    }

    assertThat(run.deadLetters()).isEmpty();
    assertThat(made).containsOnlyKeys(METHODS);
    for (String method : METHODS) {
      Seen consumer = seen(run, StockConsumer.SERVICE, method);
      Seen provider = seen(run, StockProvider.SERVICE, method);
      Map<Outcome, Integer> counted =
          Map.of(
              Outcome.OK, (int) (consumer.calls() - consumer.errors()),
              Outcome.SOLD_OUT, (int) provider.errors(),
              Outcome.TIMEOUT, (int) (consumer.errors() - provider.errors()));
      assertThat(counted).as(method).isEqualTo(made.get(method));
      assertThat(provider.calls()).isEqualTo(consumer.calls());
    }
    assertEdge(run, made);
  }

  private static void assertEdge(MonitoringRun run, Map<String, Map<Outcome, Integer>> made)
      throws IOException {
    List<JsonNode> edges = run.table("red_by_edge");
    long calls =
        made.values().stream().flatMap(each -> each.values().stream()).mapToLong(i -> i).sum();
    assertThat(edges)
        .allMatch(row -> row.get("caller").asText().equals(StockConsumer.SERVICE))
        .allMatch(row -> row.get("callee").asText().equals(StockProvider.SERVICE));
    assertThat(sum(edges, "calls")).isEqualTo(calls);
  }
}
