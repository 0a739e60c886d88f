package io.weir.consensus.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.server.history.VersionedRegister.Answer;
import io.weir.consensus.server.history.VersionedRegister.Call;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Histories of a correct register pass; spoiled in one place, each of them is refused. */
class SimulatedHistoriesTest {

  private static final int RUNS = Integer.getInteger("runs", 100);
  private static final long SEED = Long.getLong("seed", 1);

  private static List<Violation> violations(List<Operation<Call, Answer>> history) {
    return Recorded.violations(new VersionedRegister(), history);
  }

  @Test
  void whatACorrectRegisterAnswersIsLinearizable() {
    for (long seed = SEED; seed < SEED + RUNS; seed++) {
      assertThat(violations(SimulatedClients.run(seed, 1 + (int) seed % 20, 300)))
          .as("-Druns=1 -Dseed=%d", seed)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSpoiledHistoryIsNotLinearizable(Mutation mutation) {
    for (long seed = SEED; seed < SEED + RUNS; seed++) {
      List<Operation<Call, Answer>> history = SimulatedClients.run(seed, 5, 300);

      assertThat(violations(mutation.spoilOne(history, new Random(seed))))
          .as("-Druns=1 -Dseed=%d", seed)
          .hasSize(1);
    }
  }

  @Test
  void eachRegisterIsJudgedByItself() {
    List<Operation<Call, Answer>> good = SimulatedClients.run(SEED, 5, 300);
    List<Operation<Call, Answer>> bad = Mutation.VERSION_GAP.spoilOne(good, new Random(SEED));

    List<Violation> found =
        new History<>("job", new VersionedRegister(), Map.of("a", good, "b", bad, "c", good))
            .violations(History.MAX_CONFIGURATIONS);

    assertThat(found).extracting(Violation::register).containsExactly("b");
  }

  // Of so many operations, 6,000 are never answered.
  @Test
  @Timeout(60)
  void aLongHistoryTakesFewConfigurations() {
    List<Operation<Call, Answer>> history = SimulatedClients.run(SEED, 8, 300_000);

    List<Violation> found =
        new History<>("job", new VersionedRegister(), Map.of("a", history)).violations(1_000);

    assertThat(found).isEmpty();
  }
}
