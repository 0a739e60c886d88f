package io.weir.consensus.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulation is worth what it finds: each planted bug must fail a seed. */
class MutantTest {

  /** All are found within 1,100 seeds. */
  private static final int SEEDS = 5_000;

  private static final long SEED = Long.getLong("seed", 1);

  @ParameterizedTest
  @EnumSource
  void isFound(Mutant mutant) {
    long seed = SEED;
    List<String> violations = List.of();
    while (violations.isEmpty() && seed < SEED + SEEDS) {
      violations = Simulation.run(seed++, mutant.build()).violations();
    }

    assertThat(violations).as("%s survived seeds %d to %d", mutant, SEED, seed - 1).isNotEmpty();
    System.out.printf("%s: found by seed %d: %s%n", mutant, seed - 1, brief(violations.get(0)));
  }

  private static String brief(String violation) {
    return violation.length() < 100 ? violation : violation.substring(0, 100) + "...";
  }
}
