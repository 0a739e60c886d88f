package io.weir.operators.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.operators.epoch.InvalidConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutingTableTest {

  private static RoutingTable table(Integer... weights) {
    return RoutingTable.weighted(Strategy.WEIGHTED_RANDOM, weights);
  }

  @Test
  void refusesWeightsThatLeaveNoReceiverOrCannotBe() {
    assertThatThrownBy(() -> RoutingTable.of("random", List.of(0, 0), 2))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage("all weights are 0, so no receiver is left; one at least must be above 0");
    assertThatThrownBy(() -> RoutingTable.of("random", List.of(1, -2), 2))
        .hasMessage("the weight of receiver 1 is -2; 0 to 1000 is allowed");
    assertThatThrownBy(() -> RoutingTable.of("random", List.of(1001), 2))
        .hasMessage("the weight of receiver 0 is 1001; 0 to 1000 is allowed");
    assertThatThrownBy(() -> RoutingTable.of("least-backlog", List.of(), 0))
        .hasMessage("least-backlog with 0 draws; 1 to 16 is allowed");
    assertThatThrownBy(() -> RoutingTable.of("fastest", List.of(), 2))
        .hasMessage(
            "no routing strategy 'fastest'; there are random, weighted-random, round-robin,"
                + " weighted-round-robin, least-backlog");
  }

  @Test
  void refusesWeightsThatAreNotThoseOfTheReceivers() {
    assertThatThrownBy(() -> table(1, 1, 1).check(2))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            "there is no receiver 2 to have a weight: 3 weights for 2 receivers, 0 to 1;"
                + " give each a weight, or none");
    assertThatThrownBy(() -> table(1).check(2)).hasMessageStartingWith("receiver 1 has no weight");
    assertThatCode(() -> table(1, 0).check(2)).doesNotThrowAnyException();
    assertThatCode(() -> RoutingTable.even(Strategy.RANDOM).check(2)).doesNotThrowAnyException();
  }

  @Test
  void isFittedToAnotherNumberOfReceivers() {
    assertThat(table(1, 2, 3).fitted(2)).containsExactly(1, 2);
    assertThat(table(2, 0, 5).fitted(5)).containsExactly(2, 0, 5, 4, 4);
    assertThat(table(0, 0, 3).fitted(2)).containsExactly(1, 1);
    assertThat(RoutingTable.even(Strategy.RANDOM).fitted(3)).containsExactly(1, 1, 1);
  }
}
