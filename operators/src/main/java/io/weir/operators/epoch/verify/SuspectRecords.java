package io.weir.operators.epoch.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks again at records that seemed to be under two versions: now at themselves, not at hashes.
 */
final class SuspectRecords {

  private record Key(String job, String record) {}

  private final Set<Long> hashes;
  private final Map<Key, Sighting> first = new HashMap<>();
  private final Set<Key> found = new HashSet<>();
  private final List<Violation> violations = new ArrayList<>();

  SuspectRecords(Set<Long> hashes) {
    this.hashes = Set.copyOf(hashes);
  }

  /** Takes all stamps, in the order of the first look. */
  void look(Sighting sighting) {
    if (!hashes.contains(RecordVersions.hash(sighting.stamp()))) {
      return;
    }
    Key key = new Key(sighting.stamp().job(), sighting.stamp().record());
    Sighting before = first.putIfAbsent(key, sighting);
    if (before != null
        && before.stamp().version() != sighting.stamp().version()
        && found.add(key)) {
      violations.add(new Violation(Rule.ONE_VERSION_PER_RECORD, before, sighting));
    }
  }

  List<Violation> violations() {
    return violations;
  }
}
