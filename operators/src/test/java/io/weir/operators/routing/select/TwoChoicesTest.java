package io.weir.operators.routing.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.routing.Zipf;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TwoChoicesTest {

  private static final int RECORDS = 400_000;
  private static final int RECEIVERS = 8;
  private static final int SENDERS = 4;

  /** The part of all records that the fullest receiver gets; each sender knows its own alone. */
  private static double fullest(Zipf zipf) {
    List<TwoChoices> senders =
        Stream.generate(() -> new TwoChoices(RECEIVERS)).limit(SENDERS).toList();
    long[] counts = new long[RECEIVERS];
    for (int record = 0; record < RECORDS; record++) {
      counts[senders.get(record % SENDERS).next(zipf.key(record))]++;
    }
    return share(counts);
  }

  private static double fullestUnsplit(Zipf zipf) {
    long[] counts = new long[RECEIVERS];
    for (int record = 0; record < RECORDS; record++) {
      counts[TwoChoices.first(zipf.key(record), RECEIVERS)]++;
    }
    return share(counts);
  }

  private static double share(long[] counts) {
    return (double) Arrays.stream(counts).max().orElseThrow() / RECORDS;
  }

  @Test
  void spreadsKeysEvenlyOfWhichNoneIsTooHotForTwoReceivers() {
    // The hottest has a tenth of the records, and 2/8 would be allowed.
    Zipf zipf = new Zipf(10_000, 1.0);

    assertThat(fullest(zipf)).isLessThan(1.01 / RECEIVERS);
    assertThat(fullestUnsplit(zipf)).isGreaterThan(1.2 / RECEIVERS);
  }

  @Test
  void halvesAKeyThatIsTooHotForTwoReceivers() {
    // The hottest has 0.39 of the records.
    Zipf zipf = new Zipf(10_000, 1.5);

    assertThat(fullest(zipf)).isLessThan(0.39 / 2 + 0.01);
    assertThat(fullestUnsplit(zipf)).isGreaterThan(0.38);
  }

  @Test
  void aKeyHasTwoReceiversAndNoMore() {
    TwoChoices choices = new TwoChoices(RECEIVERS);
    Map<Integer, Set<Integer>> receivers = new HashMap<>();
    SplittableRandom random = new SplittableRandom(3);

    for (int record = 0; record < RECORDS; record++) {
      int key = random.nextInt(1_000);
      receivers.computeIfAbsent(key, unseen -> new HashSet<>()).add(choices.next(key));
    }

    assertThat(receivers.values()).allMatch(each -> each.size() <= 2);
    assertThat(receivers.values().stream().filter(each -> each.size() == 2).count())
        .isGreaterThan(900);
    assertThat(choices.splits()).isPositive().isLessThan(RECORDS);
  }

  @Test
  void oneReceiverGetsEverything() {
    assertThat(new TwoChoices(1).next(42)).isZero();
  }
}
