package io.weir.jobs.cli;

import java.util.ArrayList;
import java.util.List;

/** The benchmarks there are, made when they are first asked for. */
final class Benchmarks {

  private final Iterable<Benchmark> services;

  Benchmarks(Iterable<Benchmark> services) {
    this.services = services;
  }

  List<Benchmark> all() {
    List<Benchmark> all = new ArrayList<>();
    services.forEach(all::add);
    return all;
  }

  List<String> names() {
    return all().stream().map(Benchmark::name).toList();
  }
}
