package io.weir.jobs.demo.balance;

import io.weir.operators.epoch.verify.Sighting;
import io.weir.operators.epoch.verify.Verdict;
import io.weir.operators.epoch.verify.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The closed account.
 *
 * @param refused dead letters by reason
 * @param dropped events that the condition is false for, by version
 * @param aggregated events that are due in windows, by version
 * @param storedRows rows of the table
 * @param storedRequests events that these rows stand for
 * @param epochs what the job's stamps say of its versions
 * @param notes what does not balance, in words
 */
public record Figures(
    long generated,
    long inKafka,
    SortedMap<String, Long> refused,
    SortedMap<Long, Long> dropped,
    SortedMap<Long, Long> aggregated,
    long storedRows,
    long storedRequests,
    long lost,
    long doubled,
    Verdict epochs,
    List<String> notes) {

  public Figures {
    refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
    dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
    aggregated = Collections.unmodifiableSortedMap(new TreeMap<>(aggregated));
    notes = List.copyOf(notes);
  }

  public boolean balances() {
    return lost == 0 && doubled == 0 && epochs.isAccepted();
  }

  /** The account for people, line by line. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Balance, counted anew from Kafka and PostgreSQL:");
    lines.add(line("generated", generated, ""));
    lines.add(line("in Kafka", inKafka, ""));
    lines.add(line("dead letters", total(refused), by("%s", refused)));
    lines.add(line("dropped by where", total(dropped), by("version %s:", dropped)));
    lines.add(line("aggregated", total(aggregated), by("version %s:", aggregated)));
    lines.add(
        line("stored", storedRequests, String.format(Locale.ROOT, "in %,d rows", storedRows)));
    lines.add(line("epochs", epochs.epochs(), versions()));
    lines.add(line("lost", lost, ""));
    lines.add(line("doubled", doubled, ""));
    notes.forEach(note -> lines.add("  " + note));
    epochs.violations().forEach(violation -> lines.add(describe(violation)));
    lines.add(balances() ? "It balances." : "It does not balance.");
    return lines;
  }

  private static long total(SortedMap<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private String versions() {
    return epochs.isAccepted()
        ? String.format(
            Locale.ROOT, "under %,d versions, each under one of them", epochs.versions())
        : String.format(Locale.ROOT, "%,d violations", epochs.found());
  }

  private static String describe(Violation violation) {
    Sighting second = violation.second();
    return String.format(
        Locale.ROOT, "  %s: %s, line %d", violation.rule().broken(), second.file(), second.line());
  }

  private static String by(String what, SortedMap<?, Long> counts) {
    return counts.entrySet().stream()
        .map(each -> String.format(Locale.ROOT, what + " %,d", each.getKey(), each.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String line(String what, long count, String detail) {
    return String.format(Locale.ROOT, "  %-18s%,12d   %s", what, count, detail).stripTrailing();
  }
}
