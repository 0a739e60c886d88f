package io.weir.jobs.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.jobs.monitoring.preview.FiredAlert;
import io.weir.jobs.monitoring.preview.Transition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Scores alerts by the faults that were injected while the spans were recorded. A fault is found by
 * an alert on its service that a job would tell within four minutes: the end of the window and the
 * lateness, for so long a window stays open. Every other alert is false, also one on a service that
 * calls the faulty one. Minutes and false alerts go to the kind of the fault that is nearest in
 * time.
 */
record InjectedFaults(List<Fault> faults, Duration lateness) {

  static final Duration LIMIT = Duration.ofMinutes(4);

  /** The kinds, in the order of the table. */
  static final List<String> KINDS = List.of("cpu_contention", "exception", "return");

  /** A fault of a kind in a service. */
  record Fault(Instant at, String kind, String service) {}

  /** Reads the faults: by hour, each with a time in UTC and the name of a pod. */
  static InjectedFaults read(Path file, Duration lateness) throws IOException {
    List<Fault> faults = new ArrayList<>();
    for (JsonNode hour : new ObjectMapper().readTree(Files.readString(file))) {
      for (JsonNode fault : hour) {
        faults.add(
            new Fault(
                Instant.parse(fault.get("inject_time").asText().replace(' ', 'T') + "Z"),
                fault.get("inject_type").asText(),
                // A pod is named service-replicaset-pod.
                fault.get("inject_pod").asText().replaceFirst("-[^-]+-[^-]+$", "")));
      }
    }
    return new InjectedFaults(faults, lateness);
  }

  /**
   * The rows of a table in Markdown, a kind each.
   *
   * @param minutes when they begin; one for each minute in which a service has calls
   */
  List<String> table(List<Transition> transitions, List<Instant> minutes) {
    List<Transition> fired = FiredAlert.of(transitions).stream().map(FiredAlert::begin).toList();
    return KINDS.stream().map(kind -> row(kind, fired, minutes)).toList();
  }

  private String row(String kind, List<Transition> fired, List<Instant> minutes) {
    List<Fault> injected = faults.stream().filter(fault -> fault.kind().equals(kind)).toList();
    List<Long> seconds = injected.stream().flatMap(fault -> delay(fault, fired)).sorted().toList();
    long wrong =
        fired.stream()
            .filter(alert -> faults.stream().noneMatch(fault -> finds(alert, fault)))
            .filter(alert -> nearest(alert.at()).kind().equals(kind))
            .count();
    double hours =
        minutes.stream().filter(minute -> nearest(minute).kind().equals(kind)).count() / 60.0;
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %s | %d | %.1f | %.2f |",
        kind,
        injected.size(),
        seconds.size(),
        seconds.isEmpty() ? "-" : seconds.get(0) + " to " + seconds.get(seconds.size() - 1) + " s",
        wrong,
        hours,
        wrong / hours);
  }

  private Stream<Long> delay(Fault fault, List<Transition> fired) {
    return fired.stream()
        .filter(alert -> finds(alert, fault))
        .map(alert -> Duration.between(fault.at(), told(alert)).toSeconds())
        .min(Comparator.naturalOrder())
        .stream();
  }

  private Instant told(Transition alert) {
    return alert.at().plus(lateness);
  }

  private boolean finds(Transition alert, Fault fault) {
    return alert.service().equals(fault.service())
        && !alert.at().isBefore(fault.at())
        && !told(alert).isAfter(fault.at().plus(LIMIT));
  }

  private Fault nearest(Instant time) {
    return faults.stream()
        .min(Comparator.comparing(fault -> Duration.between(fault.at(), time).abs()))
        .orElseThrow();
  }
}
