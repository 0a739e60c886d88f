package io.weir.benchmarks.switching;

import io.weir.consensus.Change;
import io.weir.consensus.Proposal;
import io.weir.consensus.http.HttpStore;
import io.weir.jobs.local.LocalCluster;
import io.weir.operators.epoch.EpochSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;

/** Runs the configured job, with a configuration that never changes and with one that does. */
record Trial(LocalCluster cluster, Path clientFile, HttpStore store, Load load) {

  private static final Duration MEASURED = Duration.ofSeconds(10);

  /**
   * What one round brought.
   *
   * @param changing records a second of a job that is changed all the time: each is a checkpoint
   * @param following of a job that could be changed, and is not
   * @param fixed of a job that cannot be changed
   */
  record Round(Delays delays, double changing, double following, double fixed) {

    double followingRatio() {
      return following / fixed;
    }

    double changingRatio() {
      return changing / fixed;
    }
  }

  Round round(int changes) throws Exception {
    double fixed = fixed();
    String name = "switch-" + UUID.randomUUID();
    propose(name, 0);
    EpochSettings settings = EpochSettings.following(name, StoreClients.of(clientFile));
    JobClient job = start(settings, 1);
    double following = rate();
    long start = System.nanoTime();
    long before = Board.records();
    Delays delays = change(name, changes);
    double changing = (Board.records() - before) * 1e9 / (System.nanoTime() - start);
    job.cancel().get();
    return new Round(delays, changing, following, fixed);
  }

  private double fixed() throws Exception {
    JobClient job = start(EpochSettings.fixed("fixed", "1"), 0);
    double rate = rate();
    job.cancel().get();
    return rate;
  }

  private JobClient start(EpochSettings settings, long version) throws Exception {
    Board.expect(version, Numbers.SUBTASKS);
    JobClient job =
        cluster.submit("switch", env -> ConfiguredJob.define(env, settings, load.pause()));
    Board.awaitLast();
    TimeUnit.SECONDS.sleep(3);
    return job;
  }

  private static double rate() throws InterruptedException {
    long start = System.nanoTime();
    long before = Board.records();
    TimeUnit.MILLISECONDS.sleep(MEASURED.toMillis());
    return (Board.records() - before) * 1e9 / (System.nanoTime() - start);
  }

  private Delays change(String name, int changes) throws Exception {
    double[] millis = new double[changes];
    long pause = MEASURED.toMillis() / changes;
    for (int i = 0; i < changes; i++) {
      Board.expect(i + 2, Numbers.SUBTASKS);
      long answered = propose(name, i + 1);
      // A subtask may be under it before the proposer has its answer.
      millis[i] = Math.max(0, Board.awaitLast() - answered) / 1e6;
      TimeUnit.MILLISECONDS.sleep(Math.max(0, pause - (long) millis[i]));
    }
    return new Delays(millis);
  }

  /** Returns when the store's answer was here. */
  private long propose(String job, long expected) throws Exception {
    store
        .propose(Proposal.of(job, expected, new Change.Set(String.valueOf(expected)), "bench", ""))
        .get(Board.LIMIT.toSeconds(), TimeUnit.SECONDS);
    return System.nanoTime();
  }
}
