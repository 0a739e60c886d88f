package io.weir.operators.routing;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What arrived at receivers, in the test's process. */
record Arrivals(String name) implements Serializable {

  private static final Map<String, Counts> COUNTS = new ConcurrentHashMap<>();

  /** Counts of all receivers of a job. */
  static final class Counts {
    final LongAdder records = new LongAdder();
    final LongAdder onWrongChannel = new LongAdder();
    final LongAdder underWrongVersion = new LongAdder();
    private final Map<Long, LongAdder> byVersion = new ConcurrentHashMap<>();
    private final Map<Integer, LongAdder> byReceiver = new ConcurrentHashMap<>();
    final AtomicLong newestKnown = new AtomicLong();

    void arrived(long version, int receiver) {
      records.increment();
      byVersion.computeIfAbsent(version, unseen -> new LongAdder()).increment();
      byReceiver.computeIfAbsent(receiver, unseen -> new LongAdder()).increment();
    }

    long under(long version) {
      return byVersion.computeIfAbsent(version, unseen -> new LongAdder()).sum();
    }

    long at(int receiver) {
      return byReceiver.computeIfAbsent(receiver, unseen -> new LongAdder()).sum();
    }
  }

  static Arrivals create() {
    Arrivals arrivals = new Arrivals(UUID.randomUUID().toString());
    COUNTS.put(arrivals.name(), new Counts());
    return arrivals;
  }

  Counts counts() {
    return Objects.requireNonNull(COUNTS.get(name), name);
  }

  void forget() {
    COUNTS.remove(name);
  }
}
