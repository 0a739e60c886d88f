package io.weir.operators.routing.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Least backlog, on queues that are served as fast as the test says. */
class LeastBacklogTest {

  private static final int RECORDS = 300_000;

  private final SplittableRandom random = new SplittableRandom(11);

  /** Queues of work: each round every receiver does as much as it can. */
  private static final class Queues implements Backlog {
    private final int[] queued;
    private final double[] rates;
    private final double[] credit;
    private int longest;

    Queues(double... rates) {
      this.rates = rates;
      queued = new int[rates.length];
      credit = new double[rates.length];
    }

    @Override
    public int queued(int channel) {
      return queued[channel];
    }

    void add(int channel) {
      queued[channel]++;
      longest = Math.max(longest, queued[channel]);
    }

    void serve() {
      for (int channel = 0; channel < rates.length; channel++) {
        credit[channel] = Math.min(credit[channel] + rates[channel], queued[channel]);
        int served = (int) credit[channel];
        queued[channel] -= served;
        credit[channel] -= served;
      }
    }

    int excessOverMean() {
      int most = Arrays.stream(queued).max().orElseThrow();
      return (int) Math.ceil(most - Arrays.stream(queued).average().orElseThrow());
    }
  }

  @Test
  void withoutBacklogSharesAreThoseOfTheWeights() {
    int[] weights = {1, 2, 3, 4};
    Selector selector = new LeastBacklogSelector(weights, 2, channel -> 0, random);

    Shares shares = Shares.of(selector, weights, RECORDS);

    assertThat(shares.areWithinChance(1e6, LeastBacklogSelector.RUN)).isTrue();
  }

  @Test
  void longestQueueExceedsTheMeanByAFewBuffersHoweverManyThereAre() {
    int receivers = 256;
    int[] weights = new int[receivers];
    Arrays.fill(weights, 1);
    Queues queues = new Queues(new double[receivers]);
    Turns two = new Turns(new LeastBacklogSelector(weights, 2, queues, random), 64);
    Queues atRandom = new Queues(new double[receivers]);
    Turns one = new Turns(new RandomSelector(weights, random), 64);

    for (int record = 0; record < RECORDS; record++) {
      queues.add(two.next());
      atRandom.add(one.next());
    }

    // log log n / log 2 = 3, and a constant.
    assertThat(queues.excessOverMean()).isLessThanOrEqualTo(3 + 2);
    assertThat(atRandom.excessOverMean()).isGreaterThan(50);
  }

  @Test
  void keepsQueuesOfSlowReceiversShortThoughItSendsFasterThanTheyServe() {
    // Two of eight serve a thousandth; together they serve a little more than comes.
    Queues queues = new Queues(0.0002, 0.2, 0.2, 0.2, 0.0002, 0.2, 0.2, 0.2);
    int[] weights = {1, 1, 1, 1, 1, 1, 1, 1};
    Turns turns = new Turns(new LeastBacklogSelector(weights, 2, queues, random), 64);

    for (int record = 0; record < RECORDS; record++) {
      queues.add(turns.next());
      queues.serve();
    }

    // At ten buffers Flink holds up a sender.
    assertThat(queues.longest).isLessThan(10);
  }

  @Test
  void twoDrawsAloneFillTheQueuesOfSlowReceivers() {
    Queues queues = new Queues(0.0002, 0.2, 0.2, 0.2, 0.0002, 0.2, 0.2, 0.2);

    for (int record = 0; record < RECORDS; record++) {
      int one = random.nextInt(8);
      int other = random.nextInt(8);
      queues.add(queues.queued(one) <= queues.queued(other) ? one : other);
      queues.serve();
    }

    assertThat(queues.longest).isGreaterThan(1_000);
  }
}
