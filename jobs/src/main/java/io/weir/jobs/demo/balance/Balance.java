package io.weir.jobs.demo.balance;

import io.weir.jobs.generator.Account;
import io.weir.jobs.generator.Account.Kind;
import io.weir.operators.epoch.verify.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Weighs what was generated against what is stored. First takes every record of the topic with what
 * the dead letters say of it, then every stored row. Pure; memory for each window and group, not
 * for each event, but for the {@link RollCall}.
 *
 * <p>Lost is what was generated and is not in the topic; what is in the topic, but neither in a
 * window nor dropped by the condition nor a dead letter; and what is a dead letter without cause: a
 * good event, or one refused as broken that can be read. Doubled is what is there once more than
 * the generator made it, and what is counted in a window or among the dead letters without being
 * due there.
 */
public final class Balance {

  static final String BROKEN = "broken";

  private record Group(long windowStart, long status) {}

  private final Account account;
  private final int generated;
  private final RollCall rollCall;
  private final long windowMillis;
  private final RuleBook rules;
  private final Map<Group, Long> expected = new HashMap<>();
  private final TreeMap<String, Long> refused = new TreeMap<>();
  private final TreeMap<Long, Long> dropped = new TreeMap<>();
  private final TreeMap<Long, Long> aggregated = new TreeMap<>();
  private final Discrepancies discrepancies = new Discrepancies();
  private long inKafka;
  private long storedRows;
  private long storedRequests;

  /**
   * Opens the account.
   *
   * @param account of the generator, with its real start
   * @param generated how many events it made
   * @param windowMillis the length of the windows
   * @param rules which events count
   */
  public Balance(Account account, int generated, long windowMillis, RuleBook rules) {
    this.account = account;
    this.generated = generated;
    this.windowMillis = windowMillis;
    this.rules = rules;
    rollCall = new RollCall(account, generated);
  }

  /**
   * Takes a record of the topic.
   *
   * @param refusal the reason of its dead letter; null if it has none
   * @param version that it was processed under, as the job stamped it; 0 if it did not
   */
  public void record(byte[] bytes, @Nullable String refusal, long version) {
    inKafka++;
    if (refusal != null) {
      refused.merge(refusal, 1L, Long::sum);
    }
    Event event = EventReader.read(bytes);
    if (event == null) {
      unreadable(refusal);
    } else {
      readable(event, refusal, version);
    }
  }

  private void unreadable(@Nullable String refusal) {
    rollCall.unreadable();
    if (refusal == null) {
      discrepancies.lost("broken events without a dead letter", 1);
    }
  }

  private void readable(Event event, @Nullable String refusal, long version) {
    rollCall.present(event.id());
    if (refusal == null || version != 0) {
      processed(event, version);
    }
    if (refusal != null && version != 0) {
      discrepancies.doubled("dead letters that were processed as well", 1);
    } else if (refusal != null
        && (refusal.equals(BROKEN) || account.kindOf(event.id()) == Kind.GOOD)) {
      discrepancies.lost("good events among the dead letters", 1);
    }
  }

  private void processed(Event event, long version) {
    if (!rules.has(version)) {
      discrepancies.lost("events under no version that there is", 1);
    } else if (rules.counts(event, version)) {
      aggregated.merge(version, 1L, Long::sum);
      long start = Math.floorDiv(event.timeMillis(), windowMillis) * windowMillis;
      expected.merge(new Group(start, event.status()), 1L, Long::sum);
    } else {
      dropped.merge(version, 1L, Long::sum);
    }
  }

  /** Takes events that the job says it processed under more than one version, or more than once. */
  public void repeatedStamps(long stamps) {
    discrepancies.doubled("events processed more than once, or under two versions", stamps);
  }

  /** Takes events that the job says it processed, and that are in no record of the topic. */
  public void strayStamps(long stamps) {
    discrepancies.doubled("events processed that are not in Kafka", stamps);
  }

  /** Takes dead letters that belong to no record of the topic. */
  public void strayLetters(long letters) {
    discrepancies.doubled("dead letters of no record, or a second one", letters);
  }

  /**
   * Takes a row of the table.
   *
   * @param requests how many events it stands for
   */
  public void stored(long windowStartMillis, long status, long requests) {
    storedRows++;
    storedRequests += requests;
    expected.merge(new Group(windowStartMillis, status), -requests, Long::sum);
  }

  /**
   * Closes the account.
   *
   * @param epochs what the job's stamps say of its versions
   */
  public Figures close(Verdict epochs) {
    RollCall.Difference difference = rollCall.difference();
    discrepancies.lost("events not in Kafka", difference.missing());
    discrepancies.doubled("events in Kafka that were not generated", difference.extra());
    for (long rest : expected.values()) {
      discrepancies.lost("events missing in their window", Math.max(0, rest));
      discrepancies.doubled("events too many in a window", Math.max(0, -rest));
    }
    return new Figures(
        generated,
        inKafka,
        refused,
        dropped,
        aggregated,
        storedRows,
        storedRequests,
        discrepancies.lost(),
        discrepancies.doubled(),
        epochs,
        discrepancies.notes());
  }
}
