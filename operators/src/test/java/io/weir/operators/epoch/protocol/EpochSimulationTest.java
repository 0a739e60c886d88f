package io.weir.operators.epoch.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.epoch.protocol.SimulatedSubtask.Row;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code -Dseed=} replays one run, {@code -Druns=} tries more. */
class EpochSimulationTest {

  private static final int RUNS = Integer.getInteger("runs", 3_000);
  private static final int STEPS = 3_000;
  private static final int PATIENCE = 50_000;

  @Test
  void committedRowsAreUnderOneVersionWhateverFails() {
    Long seed = Long.getLong("seed");
    long first = seed != null ? seed : 0;
    long last = seed != null ? seed : RUNS - 1L;
    int switches = 0;
    int restarts = 0;
    for (long each = first; each <= last; each++) {
      SimulatedJob job = new SimulatedJob(each, true);
      play(job);
      check(job, each);
      switches += job.observed().switches;
      restarts += job.observed().mixedRestarts;
    }
    // The faults were there, and so were the changes.
    assertThat(switches).isGreaterThan(0);
    if (seed == null) {
      assertThat(restarts).isGreaterThan(0);
    }
  }

  @Test
  void withoutGoingBackTheSameFaultsMixVersions() {
    int mixed = 0;
    for (long seed = 0; seed < 300; seed++) {
      SimulatedJob job = new SimulatedJob(seed, false);
      play(job);
      mixed += (int) job.observed().committed().stream().filter(Row::isMixed).count();
    }
    assertThat(mixed).isGreaterThan(0);
  }

  private static void play(SimulatedJob job) {
    for (int i = 0; i < STEPS; i++) {
      job.step();
    }
  }

  private static void check(SimulatedJob job, long seed) {
    assertThat(job.observed().committed()).as("seed %d", seed).noneMatch(Row::isMixed);
    for (long checkpoint : job.observed().checkpoints()) {
      assertThat(job.observed().confirmedAt(checkpoint))
          .as("seed %d, checkpoint %d", seed, checkpoint)
          .hasSize(1);
    }
    assertThat(job.observed().torn()).as("seed %d", seed).isEmpty();
    assertThat(job.observed().wronglyRestored()).as("seed %d", seed).isEmpty();
    job.endFaults();
    for (int i = 0; i < PATIENCE && !job.versions().equals(Set.of(job.newestVersion())); i++) {
      job.step();
    }
    assertThat(job.versions())
        .as("seed %d: versions when faults end; %s", seed, job.describe())
        .containsExactly(job.newestVersion());
  }
}
