package io.weir.benchmarks.store;

import io.weir.benchmarks.frame.Median;
import io.weir.benchmarks.frame.Workplace;
import io.weir.benchmarks.store.sides.Side;
import io.weir.benchmarks.store.sides.StoreClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A side, its clients and jobs, and what was measured of it. One thread's. */
final class Contestant {

  private static final int JOBS = 64;

  /** More than puts begin while no leader is there. */
  private static final int FAILOVER_JOBS = 800;

  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private final Workplace place;
  private final Side side;
  private final List<StoreClient> pinned = new ArrayList<>();
  private final Jobs jobs;
  private final Jobs failoverJobs;
  private final Map<Figure, List<Double>> figures = new EnumMap<>(Figure.class);

  Contestant(Workplace place, Side side, Documents documents) {
    this.place = place;
    this.side = side;
    this.jobs = new Jobs("job-", JOBS, documents);
    this.failoverJobs = new Jobs("failover-", FAILOVER_JOBS, documents);
  }

  String name() {
    return side.name();
  }

  /** Waits until every node answers. */
  void connect() throws Exception {
    for (String node : Side.NODES) {
      StoreClient client = place.start(() -> side.connect(List.of(node)));
      try {
        jobs.learnAll(client, START_LIMIT);
      } catch (IOException e) {
        throw new IOException(name() + " " + node + " does not answer: " + e.getMessage(), e);
      }
      pinned.add(client);
    }
  }

  /** Puts and gets so often, however long that takes on this machine. */
  void warmUp(int inFlight, int operations) throws IOException, InterruptedException {
    Duration turn = Duration.ofSeconds(1);
    for (int done = 0; done < operations; ) {
      done += put(inFlight, turn).count();
    }
    for (int done = 0; done < operations; ) {
      done += get(inFlight, turn).count();
    }
  }

  /**
   * Puts for some time. There is a client at every node and they take turns, so that no side has
   * the luck of being asked at its leader only.
   */
  Sample put(int inFlight, Duration time) throws IOException, InterruptedException {
    return Load.run(pinned, jobs, jobs::put, inFlight, time);
  }

  /** Reads for some time. */
  Sample get(int inFlight, Duration time) throws IOException, InterruptedException {
    return Load.run(pinned, jobs, jobs::get, inFlight, time);
  }

  /**
   * Kills the leader under a stream of puts, and starts it again; returns the time without puts.
   */
  double failover() throws Exception {
    List<StoreClient> clients = new ArrayList<>();
    for (int i = 0; i < Side.NODES.size(); i++) {
      clients.add(place.start(() -> side.connect(Side.NODES)));
    }
    failoverJobs.learnAll(clients.get(0), START_LIMIT);
    double millis;
    String leader;
    try (Failover stream = new Failover(clients, failoverJobs)) {
      stream.awaitSteady();
      leader = side.leader();
      stream.begin();
      side.servers().kill(leader);
      millis = stream.awaitEnd();
    }
    side.servers().start(leader);
    StoreClient back = place.start(() -> side.connect(List.of(leader)));
    jobs.learnAll(back, START_LIMIT);
    place.close(back);
    for (StoreClient client : clients) {
      place.close(client);
    }
    note(Figure.FAILOVER_P50_MS, millis);
    return millis;
  }

  /** Fails when anything acknowledged is not there. */
  void check() throws IOException, InterruptedException {
    jobs.check(pinned.get(0), name());
    failoverJobs.check(pinned.get(0), name());
  }

  /** Says how many puts failed although all nodes ran, and why; empty when none did. */
  String failures() {
    long failed = jobs.unacknowledged();
    return failed == 0
        ? ""
        : "%s: %d puts failed so far, the last one: %s"
            .formatted(name(), failed, jobs.lastFailure());
  }

  void note(Figure figure, double value) {
    figures.computeIfAbsent(figure, none -> new ArrayList<>()).add(value);
  }

  /** What was measured of a figure, round by round; empty when it was not. */
  List<Double> rounds(Figure figure) {
    return figures.getOrDefault(figure, List.of());
  }

  double median(Figure figure) {
    return Median.of(rounds(figure), Double::doubleValue);
  }
}
