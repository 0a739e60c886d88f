package io.weir.operators.epoch.verify;

import io.weir.operators.epoch.stamp.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Under which version each epoch of each job was, and which epochs each attempt of a subtask has
 * seen. Grows with epochs and attempts, not with records.
 */
final class EpochVersions {

  /** One attempt of a subtask. Under a new JobManager attempts are counted from 0 again. */
  private record Run(String job, String operator, int subtask, int attempt, long restored) {

    static Run of(Stamp stamp) {
      return new Run(
          stamp.job(), stamp.operator(), stamp.subtask(), stamp.attempt(), stamp.restored());
    }
  }

  /** The epochs of an attempt, from the first to the last one that a stamp bears. */
  private static final class Life {
    private long first;
    private long last;

    private Life(long epoch) {
      first = epoch;
      last = epoch;
    }

    private void see(long epoch) {
      first = Math.min(first, epoch);
      last = Math.max(last, epoch);
    }
  }

  private final Map<String, NavigableMap<Long, Sighting>> jobs = new HashMap<>();
  private final Map<Run, Life> lives = new HashMap<>();
  private final Set<Sighting> reported = new HashSet<>();
  private final Set<Long> versions = new HashSet<>();
  private final List<Violation> violations = new ArrayList<>();

  void look(Sighting sighting) {
    Stamp stamp = sighting.stamp();
    versions.add(stamp.version());
    lives.computeIfAbsent(Run.of(stamp), run -> new Life(stamp.epoch())).see(stamp.epoch());
    Sighting first =
        jobs.computeIfAbsent(stamp.job(), job -> new TreeMap<>())
            .putIfAbsent(stamp.epoch(), sighting);
    if (first != null && first.stamp().version() != stamp.version() && reported.add(first)) {
      violations.add(new Violation(rule(first.stamp(), stamp), first, sighting));
    }
  }

  private static Rule rule(Stamp first, Stamp second) {
    boolean replayed =
        (first.attempt() != second.attempt() || first.restored() != second.restored())
            && (first.restored() == first.epoch() || second.restored() == second.epoch());
    return replayed ? Rule.REPLAY_UNDER_THE_SAME_VERSION : Rule.ONE_VERSION_PER_EPOCH;
  }

  /** All violations, when everything has been seen. */
  List<Violation> conclude() {
    List<Violation> all = new ArrayList<>(violations);
    jobs.forEach((job, epochs) -> compareAcrossJobs(job, epochs, all));
    jobs.forEach((job, epochs) -> lookForWaysBack(job, epochs, all));
    return all;
  }

  // A job that was not restored begins anew: its epochs have nothing to do with those of others.
  private void compareAcrossJobs(
      String job, NavigableMap<Long, Sighting> epochs, List<Violation> all) {
    Sighting own = epochs.get(startOf(job));
    if (own == null || own.stamp().epoch() == 0) {
      return;
    }
    for (NavigableMap<Long, Sighting> others : jobs.values()) {
      Sighting other = others.get(own.stamp().epoch());
      if (other != null && other.stamp().version() != own.stamp().version()) {
        all.add(new Violation(Rule.REPLAY_UNDER_THE_SAME_VERSION, other, own));
      }
    }
  }

  /** The checkpoint that a job was started from. */
  private long startOf(String job) {
    return lives.keySet().stream()
        .filter(run -> run.job().equals(job))
        .mapToLong(Run::restored)
        .min()
        .orElse(0);
  }

  private void lookForWaysBack(
      String job, NavigableMap<Long, Sighting> epochs, List<Violation> all) {
    Sighting before = null;
    for (Sighting next : epochs.values()) {
      if (before != null
          && next.stamp().version() < before.stamp().version()
          && someoneWentOn(job, before.stamp().epoch(), next.stamp().epoch())) {
        all.add(new Violation(Rule.NO_WAY_BACK, before, next));
      }
      before = next;
    }
  }

  private boolean someoneWentOn(String job, long from, long to) {
    return lives.entrySet().stream()
        .filter(entry -> entry.getKey().job().equals(job))
        .map(Map.Entry::getValue)
        .anyMatch(life -> life.first <= from && life.last >= to);
  }

  long epochs() {
    return jobs.values().stream().mapToLong(Map::size).sum();
  }

  long versions() {
    return versions.size();
  }

  long restores() {
    return lives.keySet().stream().filter(run -> run.restored() > 0).count();
  }
}
