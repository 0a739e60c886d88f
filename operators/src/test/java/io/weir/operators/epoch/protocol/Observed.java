package io.weir.operators.epoch.protocol;

import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.protocol.SimulatedSubtask.Row;
import io.weir.operators.epoch.protocol.SimulatedSubtask.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a run of a {@link SimulatedJob} has shown. */
final class Observed {

  private final List<Row> committed = new ArrayList<>();
  private final List<String> wronglyRestored = new ArrayList<>();
  private final List<String> torn = new ArrayList<>();
  private final Map<Long, Set<Document>> confirmed = new HashMap<>();
  int mixedRestarts;
  int switches;

  List<Row> committed() {
    return committed;
  }

  /** Subtasks that began under another version than their checkpoint holds. */
  List<String> wronglyRestored() {
    return wronglyRestored;
  }

  /** Checkpoints whose subtasks were under different versions, and times of rest when they were. */
  List<String> torn() {
    return torn;
  }

  Set<Document> confirmedAt(long checkpoint) {
    return confirmed.getOrDefault(checkpoint, Set.of());
  }

  Set<Long> checkpoints() {
    return confirmed.keySet();
  }

  void commit(List<Row> rows) {
    committed.addAll(rows);
  }

  void confirm(long checkpoint, Document document) {
    confirmed.computeIfAbsent(checkpoint, id -> new HashSet<>()).add(document);
  }

  void complete(long checkpoint, Collection<Snapshot> snapshots) {
    Set<Long> versions = snapshots.stream().map(Snapshot::version).collect(Collectors.toSet());
    if (versions.size() > 1) {
      torn.add("checkpoint " + checkpoint + " is under " + versions);
    }
  }

  void rest(Set<Long> versions, long afterCheckpoint) {
    if (versions.size() > 1) {
      torn.add("at rest under " + versions + " after checkpoint " + afterCheckpoint);
    }
  }

  void restoreWrongly(Member member, Object under, Object insteadOf) {
    wronglyRestored.add(member + " under " + under + " instead of " + insteadOf);
  }
}
