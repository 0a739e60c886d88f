package io.weir.jobs.cli;

import java.util.ArrayList;
import java.util.List;

/** The benchmarks there are, made when they are first asked for. */
final class Benchmarks {

  private static final List<Benchmark> OF_THE_STORE =
      List.of(
          new Elsewhere(
              "consensus", "the same as store, of the configuration store by Raft and by Paxos"),
          new Elsewhere(
              "store",
              "puts, reads and failover of the configuration store against etcd and ZooKeeper"));

  /** One that {@code ./weir} starts itself, because its libraries and Flink's do not get along. */
  private record Elsewhere(String name, String summary) implements Benchmark {

    @Override
    public void run(List<String> arguments) {
      throw new IllegalArgumentException("runs by the script only: ./weir bench " + name);
    }
  }

  private final Iterable<Benchmark> services;

  Benchmarks(Iterable<Benchmark> services) {
    this.services = services;
  }

  List<Benchmark> all() {
    List<Benchmark> all = new ArrayList<>();
    services.forEach(all::add);
    all.addAll(OF_THE_STORE);
    return all;
  }

  List<String> names() {
    return all().stream().map(Benchmark::name).toList();
  }
}
