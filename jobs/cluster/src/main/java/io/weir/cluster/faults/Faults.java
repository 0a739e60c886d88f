package io.weir.cluster.faults;

import io.weir.cluster.Cluster;
import io.weir.cluster.faults.Fault.Group;
import io.weir.cluster.faults.Fault.Mending;
import io.weir.cluster.process.Patience;
import io.weir.cluster.process.Service;
import io.weir.cluster.servers.FlinkJob;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The faults that a cluster's processes can have. */
final class Faults {

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** The heartbeat's timeout is 10 s, see flink-conf/ha. */
  private static final Duration SHORT_PAUSE = Duration.ofSeconds(4);

  private static final Duration LONG_PAUSE = Duration.ofSeconds(20);

  private final Cluster cluster;
  private final RandomGenerator random;

  /**
   * Faults of a cluster.
   *
   * @param random chooses the victim where any will do
   */
  Faults(Cluster cluster, RandomGenerator random) {
    this.cluster = cluster;
    this.random = random;
  }

  /** Those that need nothing but the processes. */
  List<Fault> ofProcesses() {
    return List.of(
        taskManagerKilled(),
        new Fault(
            "leading JobManager killed",
            Group.JOB_MANAGERS,
            Duration.ofSeconds(5),
            true,
            job -> killed(leadingJobManager())),
        new Fault(
            "Kafka broker killed",
            Group.KAFKA,
            Duration.ofSeconds(10),
            false,
            job -> brokerKilled()),
        storeLeaderKilled(),
        new Fault(
            "two of three store nodes killed",
            Group.STORE,
            Duration.ofSeconds(10),
            false,
            job -> storeNodesKilled(2)),
        new Fault(
            "PostgreSQL restarted",
            Group.POSTGRES,
            Duration.ofSeconds(2),
            false,
            job -> postgresStopped()),
        paused("TaskManager paused for " + SHORT_PAUSE.toSeconds() + " s", SHORT_PAUSE, false),
        paused("TaskManager paused for " + LONG_PAUSE.toSeconds() + " s", LONG_PAUSE, true));
  }

  Fault taskManagerKilled() {
    return new Fault(
        "TaskManager killed",
        Group.TASK_MANAGERS,
        Duration.ofSeconds(5),
        true,
        this::taskManagerKilled);
  }

  private Mending taskManagerKilled(FlinkJob job) throws IOException, InterruptedException {
    Service victim = taskManagerOf(job);
    victim.kill();
    return () -> {
      cluster.flink().startAgain(victim, victim.program().environment());
      cluster.flink().awaitReady(patience());
    };
  }

  Fault storeLeaderKilled() {
    return new Fault(
        "leading store node killed",
        Group.STORE,
        Duration.ofSeconds(5),
        false,
        job -> storeNodesKilled(1));
  }

  private Fault paused(String name, Duration held, boolean restarts) {
    return new Fault(name, Group.TASK_MANAGERS, held, restarts, this::taskManagerPaused);
  }

  private Mending taskManagerPaused(FlinkJob job) throws IOException, InterruptedException {
    Service victim = taskManagerOf(job);
    victim.signal("STOP");
    return () -> {
      victim.signal("CONT");
      cluster.flink().awaitReady(patience());
    };
  }

  /** One that has work: the loss of another one would prove nothing. */
  private Service taskManagerOf(FlinkJob job) throws IOException, InterruptedException {
    String id = patience().await("a subtask", job::taskManager);
    return cluster.flink().taskManagers().stream()
        .filter(service -> id.startsWith(service.name() + "-"))
        .findFirst()
        .orElseThrow(() -> new IOException(id + " is no TaskManager of the cluster"));
  }

  private List<Service> leadingJobManager() throws IOException, InterruptedException {
    return List.of(patience().await("a leading JobManager", cluster.flink()::leader));
  }

  private Mending brokerKilled() {
    List<Service> brokers = cluster.kafka().brokers();
    Mending start = killed(List.of(brokers.get(random.nextInt(brokers.size()))));
    return () -> {
      start.mend();
      cluster.kafka().awaitReady(patience());
    };
  }

  /** The leader, and as many more as it takes. */
  private Mending storeNodesKilled(int count) throws IOException, InterruptedException {
    List<Service> nodes = patience().await("a leading store node", cluster.store()::leaderFirst);
    Mending start = killed(nodes.subList(0, count));
    return () -> {
      start.mend();
      cluster.store().awaitReady(patience());
    };
  }

  private Mending postgresStopped() throws IOException, InterruptedException {
    Service postgres = cluster.postgres().service();
    // At once, with a recovery at the next start.
    postgres.signal("QUIT");
    patience().until("PostgreSQL's end", () -> Optional.of(!postgres.isRunning()));
    return () -> {
      postgres.start();
      cluster.postgres().awaitReady(patience());
    };
  }

  private static Mending killed(List<Service> victims) {
    victims.forEach(Service::kill);
    return () -> {
      for (Service victim : victims) {
        victim.start();
      }
    };
  }

  private static Patience patience() {
    return Patience.of(PATIENCE);
  }
}
