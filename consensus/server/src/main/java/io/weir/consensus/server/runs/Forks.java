package io.weir.consensus.server.runs;

import io.weir.consensus.LedgerEntry;
import io.weir.consensus.LedgerEntry.Outcome;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException.InvalidRequest;
import io.weir.consensus.VersionId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What runs of a job hold of other histories, as far as nobody has adopted this one for it. */
public final class Forks {

  private final String job;
  private final Set<VersionId> held;

  /**
   * Finds them.
   *
   * @param ledger oldest first
   * @param history of the store
   */
  public Forks(String job, List<LedgerEntry> ledger, List<Revision> history) {
    this.job = job;
    this.held = new LinkedHashSet<>();
    Set<String> settled =
        history.stream()
            .flatMap(revision -> Stream.of(VersionId.of(revision), revision.abandoned()))
            .filter(Objects::nonNull)
            .map(VersionId::hash)
            .collect(Collectors.toSet());
    for (LedgerEntry entry : lastOfEachRun(ledger)) {
      if (entry.outcome() == Outcome.NOT_FOLLOWED && !settled.contains(entry.hash())) {
        held.add(entry.id());
      }
    }
  }

  private static Collection<LedgerEntry> lastOfEachRun(List<LedgerEntry> ledger) {
    Map<String, LedgerEntry> last = new LinkedHashMap<>();
    ledger.stream()
        .filter(entry -> entry.outcome() != Outcome.REFUSED)
        .forEach(entry -> last.put(entry.flinkJobId(), entry));
    return last.values();
  }

  /**
   * The version to be abandoned.
   *
   * @param hash how its hash begins; empty where there is only one
   * @throws InvalidRequest if there is none, or more than one
   */
  public VersionId choose(Optional<String> hash) {
    String start = hash.orElse("");
    List<VersionId> found = held.stream().filter(id -> id.hash().startsWith(start)).toList();
    if (held.isEmpty()) {
      throw new InvalidRequest(
          "no run of job '%s' says that it holds a version of another history: there is nothing to adopt"
              .formatted(job));
    }
    if (found.size() != 1) {
      throw new InvalidRequest(
          "runs of job '%s' hold %s of other histories; name one by --abandon and how its hash begins"
              .formatted(job, held.stream().map(VersionId::toString).toList()));
    }
    return found.get(0);
  }
}
