package io.weir.consensus.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The right core never fails a seed. */
class SimulationTest {

  private static final boolean SOAK = Boolean.getBoolean("weir.soak");
  private static final int RUNS = Integer.getInteger("runs", SOAK ? 1_000_000 : 20_000);
  private static final long SEED = Long.getLong("seed", 1);

  @Test
  @Timeout(value = 5, unit = TimeUnit.HOURS)
  void staysLinearizableWhateverFails() {
    long start = cpuNanos();
    long operations = 0;
    for (long seed = SEED; seed < SEED + RUNS; seed++) {
      Simulation.Result result = Simulation.run(seed, new Build());
      operations += result.operations();

      assertThat(result.violations()).as("-Druns=1 -Dseed=%d, %s", seed, result.faults()).isEmpty();
    }
    System.out.printf(
        "%d seeds from %d, %d operations, in %.1f s of processor time: no violation%n",
        RUNS, SEED, operations, (cpuNanos() - start) / 1e9);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  @Test
  void doesTheSameTwice() {
    for (long seed = SEED; seed < SEED + 50; seed++) {
      assertThat(Simulation.run(seed, new Build()).hash())
          .as("seed %d", seed)
          .isEqualTo(Simulation.run(seed, new Build()).hash());
    }
  }
}
