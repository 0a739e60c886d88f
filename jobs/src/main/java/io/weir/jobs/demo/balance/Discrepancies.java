package io.weir.jobs.demo.balance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What does not balance, and why. */
final class Discrepancies {

  private final Map<String, Long> reasons = new TreeMap<>();
  private long lost;
  private long doubled;

  void lost(String why, long events) {
    lost += events;
    note(why, events);
  }

  void doubled(String why, long events) {
    doubled += events;
    note(why, events);
  }

  private void note(String why, long events) {
    if (events > 0) {
      reasons.merge(why, events, Long::sum);
    }
  }

  long lost() {
    return lost;
  }

  long doubled() {
    return doubled;
  }

  List<String> notes() {
    return reasons.entrySet().stream().map(each -> each.getValue() + " " + each.getKey()).toList();
  }
}
