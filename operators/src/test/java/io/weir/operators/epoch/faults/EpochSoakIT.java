package io.weir.operators.epoch.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.operators.epoch.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.JobManagerOptions.SchedulerType;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Faults of every kind at random, for {@code -Dweir.soak.minutes=} (30) minutes, while versions
 * change all the time; half of them under each scheduler. {@code -Dseed=} repeats the order of the
 * faults, though not their moments.
 */
@EnabledIfSystemProperty(
    named = "weir.soak",
    matches = "true",
    disabledReason = "takes half an hour")
class EpochSoakIT {

  private static final Duration LENGTH =
      Duration.ofMinutes(Integer.getInteger("weir.soak.minutes", 30));
  private static final Duration CHECKPOINT_TIMEOUT = Duration.ofSeconds(2);
  private static final int MAX_SUBTASKS = 4;
  private static final int STOPS_AMONG_CHANGES = 10;

  private enum Fault {
    SUBTASK,
    JOB_MANAGER,
    TASK_MANAGER,
    SNAPSHOTS,
    CHECKPOINT_TIMEOUT,
    STORE,
    SAVEPOINT,
    RESCALE
  }

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
  private int parallelism = MAX_SUBTASKS;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"Default", "Adaptive"})
  void everyNumberIsCommittedOnceUnderOneVersionWhateverFails(SchedulerType scheduler)
      throws Exception {
    System.out.println("seed " + seed);
    Configuration options = new Configuration().set(JobManagerOptions.SCHEDULER, scheduler);
    try (TestCluster cluster = TestCluster.start(3, 2, options);
        LiveJob job = LiveJob.slowOn(cluster, NumbersJob.Shape.TWO_PIPELINES)) {
      var running = job.run(parallelism, patient(TestCluster.options()));
      job.changeAllTheTime();

      long end = System.nanoTime() + LENGTH.dividedBy(2).toNanos();
      while (System.nanoTime() < end) {
        // At times the next fault comes before the job has got over the last one.
        job.awaitSwitches(random.nextInt(3));
        running = strike(cluster, job, running);
      }
      job.awaitSwitches(2);
      job.finish(running);

      System.out.printf(
          "%s: %s; versions up to %d in force, %d of them in %d rows%n",
          scheduler, counts, job.inForce(), job.versions().size(), job.rows().all().size());
      job.assertExactlyOnceUnmixed();
      assertThat(counts).containsOnlyKeys(Fault.values());
    }
  }

  private static Configuration patient(Configuration options) {
    return options
        .set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, CHECKPOINT_TIMEOUT)
        .set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
  }

  private TestCluster.Running strike(TestCluster cluster, LiveJob job, TestCluster.Running running)
      throws Exception {
    Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
    counts.merge(fault, 1, Integer::sum);
    switch (fault) {
      case SUBTASK -> job.faults().fail(stage(), subtask());
      case JOB_MANAGER -> running.replaceJobManager();
      case TASK_MANAGER -> {
        cluster.addTaskManager();
        cluster.loseTaskManager();
      }
      case SNAPSHOTS -> job.faults().failSnapshots(1 + random.nextInt(3));
      case CHECKPOINT_TIMEOUT ->
          job.faults().stall(stage(), subtask(), CHECKPOINT_TIMEOUT.multipliedBy(5).dividedBy(4));
      case STORE -> takeTheStoreAway(job, running);
      case SAVEPOINT -> untilItWorks(() -> running.savepoint(folder.toString()));
      case RESCALE -> {
        String savepoint = stop(job, running);
        parallelism = 1 + random.nextInt(MAX_SUBTASKS);
        return job.run(parallelism, patient(TestCluster.from(savepoint)));
      }
    }
    return running;
  }

  private String stage() {
    return (random.nextBoolean() ? Stages.FIRST : Stages.SECOND)
        + (random.nextBoolean() ? "" : "-2");
  }

  private int subtask() {
    return random.nextInt(parallelism);
  }

  private static void takeTheStoreAway(LiveJob job, TestCluster.Running running) {
    job.store().goAway();
    long checkpoints = running.completedCheckpoints();
    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> running.completedCheckpoints() >= checkpoints + 10);
    job.store().comeBack();
  }

  /**
   * A stop that meets a switch aborts it, and the job goes back; where versions change all the time
   * it may never get through. Then nobody changes anything for as long as it takes.
   */
  private String stop(LiveJob job, TestCluster.Running running) {
    AtomicInteger attempts = new AtomicInteger();
    String savepoint =
        await()
            .atMost(TestCluster.PATIENCE)
            .ignoreExceptionsInstanceOf(ExecutionException.class)
            .until(
                () -> {
                  job.pauseChanges(attempts.incrementAndGet() > STOPS_AMONG_CHANGES);
                  return running.tryToStop(folder.toString());
                },
                Optional::isPresent)
            .orElseThrow();
    job.pauseChanges(false);
    return savepoint;
  }

  /** Savepoints are refused and fail while tasks start. */
  private static String untilItWorks(SavepointRequest request) {
    List<String> savepoints = new ArrayList<>();
    await()
        .atMost(TestCluster.PATIENCE)
        .ignoreExceptionsInstanceOf(ExecutionException.class)
        .until(
            () -> {
              savepoints.add(request.path());
              return true;
            });
    return savepoints.get(0);
  }

  private interface SavepointRequest {
    String path() throws Exception;
  }
}
