package io.weir.jobs.analytics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.jobs.generator.Account;
import io.weir.jobs.generator.Account.Kind;
import io.weir.jobs.generator.EventMaker;
import io.weir.jobs.generator.GeneratorSettings;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What the analytics job has to find in a generated stream, worked out without it: the account says
 * which events count and when they are, the events' JSON the rest.
 */
final class GeneratedAnswers {

  /** What is asked of the job, beside the window's length. */
  private static final String PLAN =
      """
      group-by: [method]
      aggregates:
        requests: count
        bytes: sum(bytes)
        hosts: count_distinct(host)
        p90: quantile(bytes, 0.9)
      """;

  private static final ObjectMapper JACKSON = new ObjectMapper();

  private final GeneratorSettings settings;
  private final Duration window;
  private final Account account;

  private GeneratedAnswers(GeneratorSettings settings, Duration window) {
    this.settings = settings;
    this.window = window;
    account = new Account(settings);
  }

  /** The answers for the generator of a job's settings, {@code {source: {generator: ...}}}. */
  static GeneratedAnswers of(String yaml, Duration window, Path folder) throws IOException {
    Problems problems = new Problems();
    Section job =
        new SettingsFile(problems, name -> null)
            .read(Files.writeString(folder.resolve("generator.yaml"), yaml), List.of());
    GeneratorSettings settings = GeneratorSettings.read(job.section("source").section("generator"));
    problems.throwIfAny();
    return new GeneratedAnswers(settings, window);
  }

  /** The settings that ask the job what this answers. */
  String plan() {
    return PLAN + "window: {tumbling: %dms}%n".formatted(window.toMillis());
  }

  /** How many events are of a kind. */
  long count(Kind kind) {
    return indexes().filter(i -> account.kindOf(i) == kind).count();
  }

  private LongStream indexes() {
    return LongStream.range(0, settings.events());
  }

  /** The dead letters, as {@code reason index}. */
  List<String> deadLetters() {
    return indexes()
        .filter(i -> account.kindOf(i) != Kind.GOOD && account.kindOf(i) != Kind.DUPLICATE)
        .mapToObj(i -> account.kindOf(i).name().toLowerCase(Locale.ROOT) + " " + i)
        .toList();
  }

  static String text(JsonNode letter) {
    return letter.get("reason").asText() + " " + letter.get("position").asText();
  }

  /** The rows of {@link #plan()}, as {@link #row} writes them. */
  List<String> rows() throws IOException {
    EventMaker maker = new EventMaker(settings);
    Map<String, List<JsonNode>> groups = new TreeMap<>();
    for (long i = 0; i < settings.events(); i++) {
      if (account.kindOf(i) == Kind.GOOD || account.kindOf(i) == Kind.DUPLICATE) {
        JsonNode event = JACKSON.readTree(maker.make(i));
        long start = Math.floorDiv(account.timeMillis(i), window.toMillis()) * window.toMillis();
        String group = Instant.ofEpochMilli(start) + " " + event.get("method").asText();
        groups.computeIfAbsent(group, key -> new ArrayList<>()).add(event);
      }
    }
    return groups.entrySet().stream()
        .map(group -> group.getKey() + aggregates(group.getValue()))
        .toList();
  }

  private static String aggregates(List<JsonNode> events) {
    List<Long> bytes = events.stream().map(event -> event.get("bytes").asLong()).sorted().toList();
    Set<String> hosts = new HashSet<>();
    events.forEach(event -> hosts.add(event.get("host").asText()));
    int rank = (9 * events.size() + 9) / 10;
    return " %d %d %d %d"
        .formatted(
            events.size(),
            bytes.stream().mapToLong(Long::longValue).sum(),
            hosts.size(),
            bytes.get(rank - 1));
  }

  /** A row of the job, as text. */
  static String row(JsonNode row) {
    return Stream.of("window_start", "method", "requests", "bytes", "hosts", "p90")
        .map(column -> row.get(column).asText())
        .collect(Collectors.joining(" "));
  }
}
