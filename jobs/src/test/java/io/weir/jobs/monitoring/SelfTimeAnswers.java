package io.weir.jobs.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What services take themselves, by a plain loop over all of the recorded spans, and what a rule on
 * it must have told.
 *
 * @param minutes by service, and by number since 1970: the shifted geometric mean in microseconds
 */
record SelfTimeAnswers(Map<String, NavigableMap<Long, Double>> minutes) {

  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final long MINUTE = 60_000;
  private static final double THRESHOLD = 5_000;
  // What is open at the end of the recording depends on how far the watermark has come.
  private static final Instant COMPARED_UNTIL = Instant.parse("2023-01-29T15:00:00Z");

  private static @Nullable SelfTimeAnswers read;

  /** Times are whole milliseconds, as the job has them, in microseconds. */
  private record Span(String trace, String id, String parent, String service, long end, long took) {
    long start() {
      return end - took;
    }
  }

  /** Writes the rule that is compared. */
  static Path rules(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("rules.yaml"),
        "rules: [{name: busy, metric: self_us, comparison: '>', threshold: %s}]"
            .formatted(THRESHOLD));
  }

  /** Reads the recording, or skips the test; only once for all tests. */
  static synchronized SelfTimeAnswers read() throws IOException {
    SelfTimeAnswers answers = read;
    if (answers == null) {
      answers = of(spans());
      read = answers;
    }
    return answers;
  }

  private static SelfTimeAnswers of(Map<String, Span> spans) {
    Map<String, List<Span>> children = new HashMap<>();
    for (Span span : spans.values()) {
      children.computeIfAbsent(span.trace() + span.parent(), parent -> new ArrayList<>()).add(span);
    }
    Map<String, NavigableMap<Long, List<Double>>> logs = new HashMap<>();
    spans.forEach(
        (key, span) ->
            logs.computeIfAbsent(span.service(), service -> new TreeMap<>())
                .computeIfAbsent(span.end() / 1_000 / MINUTE, minute -> new ArrayList<>())
                .add(Math.log(1_000.0 + self(span, children.getOrDefault(key, List.of())))));
    Map<String, NavigableMap<Long, Double>> minutes = new HashMap<>();
    logs.forEach((service, each) -> minutes.put(service, means(each)));
    return new SelfTimeAnswers(minutes);
  }

  private static NavigableMap<Long, Double> means(NavigableMap<Long, List<Double>> logs) {
    NavigableMap<Long, Double> means = new TreeMap<>();
    logs.forEach(
        (minute, each) -> {
          double mean = each.stream().mapToDouble(log -> log).average().orElseThrow();
          means.put(minute, Math.exp(mean) - 1_000);
        });
    return means;
  }

  private static Map<String, Span> spans() throws IOException {
    Map<String, Span> spans = new HashMap<>();
    try (BufferedReader in = TrainTicket.gunzip(TrainTicket.spans())) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        for (JsonNode resource : JACKSON.readTree(line).get("resourceSpans")) {
          String service = resource.at("/resource/attributes/0/value/stringValue").asText();
          for (JsonNode scope : resource.get("scopeSpans")) {
            for (JsonNode span : scope.get("spans")) {
              put(spans, service, span);
            }
          }
        }
      }
    }
    return spans;
  }

  private static void put(Map<String, Span> spans, String service, JsonNode json) {
    String trace = json.get("traceId").asText();
    String id = json.get("spanId").asText();
    long start = json.get("startTimeUnixNano").asLong();
    long end = json.get("endTimeUnixNano").asLong();
    Span span =
        new Span(
            trace,
            id,
            json.path("parentSpanId").asText(),
            service,
            end / 1_000_000 * 1_000,
            (end - start) / 1_000);
    spans.put(trace + id, span);
  }

  /** Cuts what each child takes out of what is left of the span. */
  private static long self(Span span, List<Span> children) {
    List<long[]> left = List.of(new long[] {span.start(), span.end()});
    long last = span.start();
    for (Span child : children.stream().sorted(SelfTimeAnswers::inOrder).toList()) {
      if (child.end() <= span.end() + 10_000_000) {
        // A clock of milliseconds does not tell that it began while another one went on.
        boolean isBehind = child.start() < last && last < child.start() + 1_000;
        long start = isBehind ? last : child.start();
        long end = start + child.took();
        left = left.stream().flatMap(piece -> without(piece, start, end)).toList();
        last = Math.max(last, end);
      }
    }
    return left.stream().mapToLong(piece -> piece[1] - piece[0]).sum();
  }

  private static int inOrder(Span one, Span other) {
    return Arrays.compare(
        new long[] {Math.min(one.start() + 999, one.end()), one.start(), one.end()},
        new long[] {Math.min(other.start() + 999, other.end()), other.start(), other.end()});
  }

  private static Stream<long[]> without(long[] piece, long start, long end) {
    return Stream.of(
            new long[] {piece[0], Math.min(piece[1], start)},
            new long[] {Math.max(piece[0], end), piece[1]})
        .filter(left -> left[0] < left[1]);
  }

  /** Compares the transitions of {@link #rules} with what they must have been. */
  void assertTold(List<JsonNode> alerts) {
    Map<String, Double> told = new TreeMap<>();
    for (JsonNode alert : alerts) {
      Instant at = Instant.parse(alert.get("at").asText());
      if (at.isBefore(COMPARED_UNTIL)) {
        String transition =
            String.join(
                " ", at.toString(), alert.get("service").asText(), alert.get("state").asText());
        assertThat(told.put(transition, alert.get("value").asDouble(0))).as(transition).isNull();
      }
    }
    Map<String, Double> expected = transitions();
    assertThat(told.keySet()).hasSizeGreaterThan(100).isEqualTo(expected.keySet());
    told.forEach(
        (transition, value) ->
            assertThat(value)
                .as(transition)
                .isCloseTo(expected.get(transition), within(0.01 + value * 1e-5)));
  }

  private Map<String, Double> transitions() {
    Map<String, Double> transitions = new TreeMap<>();
    minutes.forEach(
        (service, means) -> {
          boolean firing = false;
          for (long minute = means.firstKey(); minute <= means.lastKey() + 1; minute++) {
            double mean = means.getOrDefault(minute, 0.0);
            Instant at = Instant.ofEpochMilli((minute + 1) * MINUTE);
            if (firing != mean > THRESHOLD && at.isBefore(COMPARED_UNTIL)) {
              firing = !firing;
              transitions.put(
                  String.join(" ", at.toString(), service, firing ? "firing" : "resolved"), mean);
            }
          }
        });
    return transitions;
  }
}
