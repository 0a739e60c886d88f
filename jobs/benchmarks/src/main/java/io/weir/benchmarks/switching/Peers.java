package io.weir.benchmarks.switching;

import io.weir.jobs.local.LocalCluster;
import io.weir.operators.epoch.EpochSettings;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.jspecify.annotations.Nullable;

/** What users do without Weir, on the same cluster. */
final class Peers {

  private Peers() {}

  /** Announces versions by broadcast state; records may meet two versions on their way. */
  static Delays broadcast(LocalCluster cluster, Pause pause, int changes) throws Exception {
    Board.expect(0, Numbers.SUBTASKS);
    JobClient job = cluster.submit("broadcast", env -> BroadcastJob.define(env, pause));
    Board.awaitLast();
    TimeUnit.SECONDS.sleep(3);
    double[] millis = new double[changes];
    for (int i = 0; i < changes; i++) {
      Board.expect(i + 1, Numbers.SUBTASKS);
      long start = System.nanoTime();
      Announcements.announce(i + 1);
      millis[i] = (Board.awaitLast() - start) / 1e6;
      TimeUnit.MILLISECONDS.sleep(200);
    }
    job.cancel().get();
    return new Delays(millis);
  }

  /** Stops the job with a savepoint and submits it again. */
  static Delays restart(LocalCluster cluster, Pause pause, int restarts, Path savepoints)
      throws Exception {
    JobClient job = start(cluster, pause, null);
    double[] millis = new double[restarts];
    for (int i = 0; i < restarts; i++) {
      TimeUnit.SECONDS.sleep(3);
      long start = System.nanoTime();
      String savepoint =
          job.stopWithSavepoint(false, savepoints.toString(), SavepointFormatType.NATIVE).get();
      job = start(cluster, pause, savepoint);
      millis[i] = (Board.awaitLast() - start) / 1e6;
    }
    job.cancel().get();
    return new Delays(millis);
  }

  private static JobClient start(LocalCluster cluster, Pause pause, @Nullable String savepoint)
      throws Exception {
    Board.expect(0, Numbers.SUBTASKS);
    JobClient job =
        cluster.submit(
            "restarted",
            env -> {
              if (savepoint != null) {
                env.configure(
                    new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint));
              }
              ConfiguredJob.define(env, EpochSettings.fixed("restarted", "1"), pause);
            });
    Board.awaitLast();
    return job;
  }
}
