package io.weir.benchmarks.store;

import io.weir.benchmarks.frame.Machine;
import io.weir.benchmarks.frame.Workplace;
import io.weir.benchmarks.store.sides.EtcdSide;
import io.weir.benchmarks.store.sides.PeerMissing;
import io.weir.benchmarks.store.sides.Side;
import io.weir.benchmarks.store.sides.WeirSide;
import io.weir.benchmarks.store.sides.ZooKeeperSide;
import io.weir.consensus.server.cli.ConsensusCommand;
import io.weir.consensus.server.node.Algorithm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code weir bench store}: the configuration store beside etcd and ZooKeeper; {@code weir bench
 * consensus}: by both algorithms.
 */
@Command(
    name = "weir bench",
    showDefaultValues = true,
    description = {
      "Measures the configuration store beside etcd and ZooKeeper, three nodes each, TLS on: puts and"
          + " linearizable gets of documents of 1 KiB of 64 jobs, one and 64 in flight, and the time"
          + " without puts after the leader was killed.",
      "The last line of standard output is the result as JSON."
    })
public final class StoreBenchmark implements Callable<Integer> {

  /** The sides, in the order of their turns. */
  enum Which {
    weir,
    paxos,
    etcd,
    zookeeper
  }

  private static final int MANY = 64;

  @Option(names = "--rounds", paramLabel = "<n>", defaultValue = "3", description = "From 1.")
  private int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "<n>",
      defaultValue = "5",
      description = "Of each of the four phases of a round, from 1.")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "<n>",
      defaultValue = "100000",
      description =
          "Puts, and then gets, before the first round, from 1; behind them a twentieth as many one"
              + " at a time. Java compiles meanwhile.")
  private int warmUp;

  @Option(
      names = "--failovers",
      paramLabel = "<n>",
      defaultValue = "5",
      description = "How often each leader is killed, from 0.")
  private int failovers;

  @Option(
      names = "--sides",
      paramLabel = "<side>",
      split = ",",
      defaultValue = "${sys:weir.bench.sides:-weir,etcd,zookeeper}",
      description =
          "Of ${COMPLETION-CANDIDATES}, where weir agrees by Raft; the first one is compared with the others.")
  private List<Which> sides = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  private StoreBenchmark() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(ConsensusCommand.withManners(new CommandLine(new StoreBenchmark())).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    require("--rounds", rounds, 1);
    require("--seconds", seconds, 1);
    require("--warm-up", warmUp, 1);
    require("--failovers", failovers, 0);
    String machine = Machine.describe();
    say(machine);
    try (Workplace place = Workplace.open()) {
      List<Contestant> contestants = start(place, new LinkedHashSet<>(sides));
      measure(contestants);
      Report report = new Report(contestants, machine);
      say(report.summary());
      say(report.json());
    }
    return ExitCode.OK;
  }

  private void require(String option, int value, int least) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(), option + " " + value + ": must be " + least + " or more");
    }
  }

  private List<Contestant> start(Workplace place, Set<Which> wanted) throws Exception {
    Documents documents = new Documents(new Random().nextLong());
    List<Contestant> contestants = new ArrayList<>();
    for (Which which : wanted) {
      try {
        contestants.add(new Contestant(place, start(place, which), documents));
      } catch (PeerMissing e) {
        say(which + " is left out: " + e.getMessage());
      }
    }
    if (contestants.isEmpty()) {
      throw new IOException("there is no side to measure");
    }
    for (Contestant each : contestants) {
      each.connect();
    }
    return contestants;
  }

  private static Side start(Workplace place, Which which) throws Exception {
    return switch (which) {
      case weir -> WeirSide.start(place, home(), "weir", Algorithm.RAFT);
      case paxos -> WeirSide.start(place, home(), "paxos", Algorithm.PAXOS);
      case etcd -> EtcdSide.start(place);
      case zookeeper -> ZooKeeperSide.start(place);
    };
  }

  private static Path home() {
    return Path.of(System.getProperty("weir.home", "")).toAbsolutePath();
  }

  private void measure(List<Contestant> contestants) throws Exception {
    for (Contestant each : contestants) {
      each.warmUp(MANY, warmUp);
      each.warmUp(1, warmUp / 20);
    }
    say(Report.header());
    for (int round = 0; round < rounds; round++) {
      round(contestants, Duration.ofSeconds(seconds));
      sayRound(contestants, round);
    }
    for (int trial = 0; trial < failovers; trial++) {
      for (Contestant each : contestants) {
        double millis = each.failover();
        say("leader %2d killed: %-10s %6.0f ms".formatted(trial + 1, each.name(), millis));
      }
    }
    for (Contestant each : contestants) {
      each.check();
    }
  }

  /** The sides take turns within every phase, so that they meet the same load. */
  private static void round(List<Contestant> contestants, Duration time)
      throws IOException, InterruptedException {
    for (Contestant each : contestants) {
      Sample puts = each.put(1, time);
      each.note(Figure.PUT_P50_MS, puts.millis(0.5));
      each.note(Figure.PUT_P99_MS, puts.millis(0.99));
    }
    for (Contestant each : contestants) {
      each.note(Figure.PUTS_PER_S, each.put(MANY, time).perSecond());
    }
    for (Contestant each : contestants) {
      each.note(Figure.GET_P50_MS, each.get(1, time).millis(0.5));
    }
    for (Contestant each : contestants) {
      each.note(Figure.GETS_PER_S, each.get(MANY, time).perSecond());
    }
  }

  private void sayRound(List<Contestant> contestants, int round) {
    for (Contestant each : contestants) {
      say(Report.line(round, each));
      if (!each.failures().isEmpty()) {
        say("        " + each.failures());
      }
    }
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
