package io.weir.operators.epoch.verify;

import io.weir.operators.epoch.verify.RecordVersions.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks stamps by the {@link Rule}s. Reads them once, and a second time where records seem to be
 * under two versions.
 *
 * <p>Memory: 24 to 72 bytes for each different record, however often it is stamped, and some for
 * each epoch and each attempt of a subtask. Files are streamed.
 */
public final class EpochCheck {

  /** How many violations of each rule a verdict names. */
  public static final int REPORTED = 10;

  // Hashes of 64 bits collide less often than once in millions of folders; so all of these cannot.
  private static final int SUSPECTS = 1_000;

  private final StampReader reader;
  private final RecordVersions records;
  private final EpochVersions epochs = new EpochVersions();
  private final Set<Long> suspects = new HashSet<>();
  private long mixedRecords;
  private long stamps;

  private EpochCheck(StampReader reader, long maxBytes) {
    this.reader = reader;
    records = new RecordVersions(maxBytes);
  }

  /**
   * Checks within half of the memory that this process may use.
   *
   * @throws NoVerdictException if stamps cannot be read, or are of too many records
   */
  public static Verdict of(StampReader reader) throws NoVerdictException {
    return of(reader, Runtime.getRuntime().maxMemory() / 2);
  }

  /**
   * Checks within a bound.
   *
   * @param maxBytes for the comparison of records
   */
  static Verdict of(StampReader reader, long maxBytes) throws NoVerdictException {
    return new EpochCheck(reader, maxBytes).check();
  }

  private Verdict check() throws NoVerdictException {
    reader.read(this::look);
    if (stamps == 0) {
      throw new NoVerdictException("the files are empty: there are no stamps to be judged");
    }
    List<Violation> ofRecords = ofRecords();
    List<Violation> ofEpochs = epochs.conclude();
    List<Violation> named = new ArrayList<>();
    for (Rule rule : Rule.values()) {
      named.addAll(first(rule, ofRecords));
      named.addAll(first(rule, ofEpochs));
    }
    return new Verdict(
        named,
        mixedRecords + ofEpochs.size(),
        stamps,
        records.size(),
        epochs.epochs(),
        epochs.versions(),
        epochs.restores());
  }

  private static List<Violation> first(Rule rule, List<Violation> violations) {
    return violations.stream().filter(each -> each.rule() == rule).limit(REPORTED).toList();
  }

  private void look(Sighting sighting) throws NoVerdictException {
    stamps++;
    epochs.look(sighting);
    long hash = RecordVersions.hash(sighting.stamp());
    if (records.note(hash, sighting.stamp().version()) == Finding.SUSPECT) {
      mixedRecords++;
      if (suspects.size() < SUSPECTS) {
        suspects.add(hash);
      }
    }
  }

  private List<Violation> ofRecords() throws NoVerdictException {
    if (suspects.isEmpty()) {
      return List.of();
    }
    SuspectRecords second = new SuspectRecords(suspects);
    reader.read(second::look);
    List<Violation> violations = second.violations();
    // Where all suspects were looked at, exactly these are mixed.
    if (suspects.size() == mixedRecords) {
      mixedRecords = violations.size();
    } else if (violations.isEmpty()) {
      throw new IllegalStateException("hashes of 1,000 records collide");
    }
    return violations;
  }
}
