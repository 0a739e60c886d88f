package io.weir.jobs.demo.balance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The closed account.
 *
 * @param refused dead letters by reason
 * @param dropped events that the condition is false for
 * @param aggregated events that are due in windows
 * @param storedRows rows of the table
 * @param storedRequests events that these rows stand for
 * @param notes what does not balance, in words
 */
public record Figures(
    long generated,
    long inKafka,
    SortedMap<String, Long> refused,
    long dropped,
    long aggregated,
    long storedRows,
    long storedRequests,
    long lost,
    long doubled,
    List<String> notes) {

  public Figures {
    refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
    notes = List.copyOf(notes);
  }

  public boolean balances() {
    return lost == 0 && doubled == 0;
  }

  /** The account for people, line by line. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Balance, counted anew from Kafka and PostgreSQL:");
    lines.add(line("generated", generated, ""));
    lines.add(line("in Kafka", inKafka, ""));
    lines.add(line("dead letters", total(), byReason()));
    lines.add(line("dropped by where", dropped, ""));
    lines.add(line("aggregated", aggregated, ""));
    lines.add(
        line("stored", storedRequests, String.format(Locale.ROOT, "in %,d rows", storedRows)));
    lines.add(line("lost", lost, ""));
    lines.add(line("doubled", doubled, ""));
    notes.forEach(note -> lines.add("  " + note));
    lines.add(balances() ? "It balances." : "It does not balance.");
    return lines;
  }

  private long total() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }

  private String byReason() {
    return refused.entrySet().stream().map(Figures::describe).collect(Collectors.joining(", "));
  }

  private static String describe(Map.Entry<String, Long> reason) {
    return String.format(Locale.ROOT, "%s %,d", reason.getKey(), reason.getValue());
  }

  private static String line(String what, long count, String detail) {
    return String.format(Locale.ROOT, "  %-18s%,12d   %s", what, count, detail).stripTrailing();
  }
}
