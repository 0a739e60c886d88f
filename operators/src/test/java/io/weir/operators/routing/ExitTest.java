package io.weir.operators.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.operators.routing.output.RouteOutput;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.runtime.plugable.SerializationDelegate;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

class ExitTest {

  private static final List<Strategy> STRATEGIES = List.of(Strategy.values());
  private static final int CHANNELS = 4;
  private static final int CHANGES = 2_000;
  private static final SerializationDelegate<StreamRecord<Long>> ANY_RECORD =
      new SerializationDelegate<>(null);

  private final SplittableRandom random = new SplittableRandom(3);
  private final RoutingPartitioner<Long> partitioner = new RoutingPartitioner<>("exit");

  private Exit exit() {
    partitioner.setup(CHANNELS);
    return new Exit(new RouteOutput(partitioner, channel -> random.nextInt(5), 1));
  }

  private RoutingTable table() {
    Strategy strategy = STRATEGIES.get(random.nextInt(STRATEGIES.size()));
    return RoutingTable.weighted(strategy, random.nextInt(5), 1, random.nextInt(5), 9);
  }

  private long[] send(int records) {
    long[] sent = new long[CHANNELS];
    for (int record = 0; record < records; record++) {
      sent[partitioner.selectChannel(ANY_RECORD)]++;
    }
    return sent;
  }

  @Test
  void countsWhatWentOverEachChannelWheneverItsTableChanges() {
    Exit exit = exit();
    long[] expected = new long[CHANNELS];

    for (int change = 0; change < CHANGES; change++) {
      exit.use(table());
      assertThat(partitioner.records()).isEqualTo(expected);
      long[] sent = send(random.nextInt(300));
      Arrays.setAll(expected, channel -> expected[channel] + sent[channel]);
      assertThat(partitioner.records()).isEqualTo(expected);
    }
  }

  @Test
  void saysTheSharesUnderThePresentTable() {
    Exit exit = exit();
    exit.use(RoutingTable.weighted(Strategy.WEIGHTED_RANDOM, 1, 0, 1, 0));
    send(1_001);

    exit.use(RoutingTable.weighted(Strategy.WEIGHTED_ROUND_ROBIN, 0, 1, 0, 3));
    assertThat(exit.share(3)).isZero();
    send(4_004);

    assertThat(List.of(exit.share(0), exit.share(2))).containsOnly(0.0);
    assertThat(exit.share(3)).isCloseTo(0.75, within(0.001));
  }
}
