package io.weir.benchmarks.switching;

import io.weir.benchmarks.frame.Machine;
import io.weir.benchmarks.frame.Median;
import io.weir.benchmarks.frame.Workplace;
import io.weir.benchmarks.switching.Trial.Round;
import io.weir.consensus.http.HttpStore;
import io.weir.jobs.cli.Benchmark;
import io.weir.jobs.local.EmbeddedStore;
import io.weir.jobs.local.LocalCluster;
import io.weir.jobs.local.StoreProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * Changes the configuration of a job at full load, whose periodic checkpoints are 10 s apart: from
 * the store's answer to the proposer until the last subtask of the last operator has switched. The
 * same job with a configuration that never changes takes turns, for the throughput; broadcast
 * state, and a stop with a savepoint, for comparison.
 */
public final class SwitchBenchmark implements Benchmark {

  private static final int DEFAULT_CHANGES = 200;
  private static final int ROUNDS = 4;
  private static final int RESTARTS = 5;

  /** A load's rounds, and broadcast state under it. */
  private record Outcome(List<Round> rounds, Delays broadcast, long mixed, long broadcastMixed) {

    Delays delays() {
      return Delays.all(rounds.stream().map(Round::delays).toList());
    }
  }

  @Override
  public String name() {
    return "switch";
  }

  @Override
  public String summary() {
    return "from a change's agreement to the last subtask's switch, and the throughput; [changes]";
  }

  @Override
  public void run(List<String> arguments) throws Exception {
    int changes = changes(arguments);
    String machine = Machine.describe();
    System.out.println(machine);
    Path home = Path.of(System.getProperty("weir.home", "")).toAbsolutePath();
    Path classPath = Path.of(System.getProperty("weir.store.classpath", "")).toAbsolutePath();
    try (EmbeddedStore nodes = EmbeddedStore.start(new StoreProgram(home, classPath));
        HttpStore store = nodes.connect()) {
      store.jobs().get(Board.LIMIT.toSeconds(), TimeUnit.SECONDS);
      Runner runner = new Runner(home, nodes.clientFile(), store);
      System.out.println(
          "load                 round   p50 ms   p99 ms     fixed/s  following  changing");
      Outcome full = runner.measure(Load.FULL_SPEED, changes);
      Outcome mild = runner.measure(Load.MILD, changes / 4);
      Outcome heavy = runner.measure(Load.HEAVY, changes / 8);
      Outcome debloated = runner.measure(Load.HEAVY_DEBLOATED, changes / 8);
      Delays restarts = runner.restarts();
      System.out.println(json(full, mild, heavy, debloated, restarts, machine));
    }
  }

  private static int changes(List<String> arguments) {
    if (arguments.isEmpty()) {
      return DEFAULT_CHANGES;
    }
    if (arguments.size() > 1 || !arguments.get(0).matches("[1-9][0-9]{1,4}")) {
      throw new IllegalArgumentException("takes a number of changes, from 40 to 99999");
    }
    int changes = Integer.parseInt(arguments.get(0));
    if (changes < 10 * ROUNDS) {
      throw new IllegalArgumentException("takes a number of changes, from 40 to 99999");
    }
    return changes;
  }

  private record Runner(Path home, Path clientFile, HttpStore store) {

    Outcome measure(Load load, int changes) throws Exception {
      try (LocalCluster cluster = cluster(load)) {
        long mixedBefore = Board.mixedRecords();
        List<Round> rounds = new ArrayList<>();
        Trial trial = new Trial(cluster, clientFile, store, load);
        for (int number = 1; number <= ROUNDS; number++) {
          Round round = trial.round(Math.max(1, changes / ROUNDS));
          rounds.add(round);
          print(load, number, round);
        }
        long mixed = Board.mixedRecords() - mixedBefore;
        Delays broadcast = Peers.broadcast(cluster, load.pause(), Math.max(5, changes / ROUNDS));
        long broadcastMixed = Board.mixedRecords() - mixedBefore - mixed;
        print(load.title(), "broadcast state", broadcast, broadcastMixed);
        return new Outcome(rounds, broadcast, mixed, broadcastMixed);
      }
    }

    Delays restarts() throws Exception {
      Load load = Load.FULL_SPEED;
      try (LocalCluster cluster = cluster(load);
          Workplace place = Workplace.open()) {
        Delays restarts =
            Peers.restart(cluster, load.pause(), RESTARTS, place.folder().resolve("savepoints"));
        print(load.title(), "stop with savepoint, submit", restarts, 0);
        return restarts;
      }
    }

    private LocalCluster cluster(Load load) throws Exception {
      return LocalCluster.start(load.on(LocalCluster.profile(home.resolve("flink-conf/local"))));
    }
  }

  private static void print(Load load, int number, Round round) {
    System.out.printf(
        Locale.ROOT,
        "%-20s %5d %8.1f %8.1f %,11.0f %10.3f %9.3f%n",
        load.title(),
        number,
        round.delays().p50(),
        round.delays().p99(),
        round.fixed(),
        round.followingRatio(),
        round.changingRatio());
  }

  private static void print(String load, String peer, Delays delays, long mixed) {
    System.out.printf(
        Locale.ROOT,
        "%-20s       %8.1f %8.1f   %s, %,d records under two versions%n",
        load,
        delays.p50(),
        delays.p99(),
        peer,
        mixed);
  }

  private static String json(
      Outcome full,
      Outcome mild,
      Outcome heavy,
      Outcome debloated,
      Delays restarts,
      String machine) {
    return String.format(
        Locale.ROOT,
        "{\"benchmark\":\"switch\",%s,\"throughput_ratio\":%.3f,\"changing_ratio\":%.3f,"
            + "%s,%s,%s,%s,%s,%s,%s,%s,\"broadcast_mixed\":%d,\"mixed\":%d,\"machine\":\"%s\"}",
        full.delays().json(""),
        Median.of(full.rounds(), Round::followingRatio),
        Median.of(full.rounds(), Round::changingRatio),
        mild.delays().json("mild_"),
        heavy.delays().json("heavy_"),
        debloated.delays().json("heavy_debloated_"),
        full.broadcast().json("broadcast_"),
        mild.broadcast().json("broadcast_mild_"),
        heavy.broadcast().json("broadcast_heavy_"),
        debloated.broadcast().json("broadcast_heavy_debloated_"),
        restarts.json("restart_"),
        sum(Outcome::broadcastMixed, full, mild, heavy, debloated),
        sum(Outcome::mixed, full, mild, heavy, debloated),
        machine);
  }

  private static long sum(ToLongFunction<Outcome> what, Outcome... outcomes) {
    return Arrays.stream(outcomes).mapToLong(what).sum();
  }
}
