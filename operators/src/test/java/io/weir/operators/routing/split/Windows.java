package io.weir.operators.routing.split;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** The windows that jobs have emitted, in the test's process. */
record Windows(String name) implements Serializable {

  private static final Map<String, Emitted> EMITTED = new ConcurrentHashMap<>();

  /** One window of a key. */
  record Window(int key, long start) {}

  /** What was emitted, and how often that was not what had been emitted of the window before. */
  static final class Emitted {
    final Map<Window, Totals> windows = new ConcurrentHashMap<>();
    final LongAdder emissions = new LongAdder();
    final LongAdder contradictions = new LongAdder();
    final LongAdder late = new LongAdder();
  }

  static Windows create() {
    Windows windows = new Windows(UUID.randomUUID().toString());
    EMITTED.put(windows.name(), new Emitted());
    return windows;
  }

  Emitted emitted() {
    return Objects.requireNonNull(EMITTED.get(name), name);
  }

  void forget() {
    EMITTED.remove(name);
  }

  private void take(Tuple3<Integer, Long, Totals> row) {
    Emitted emitted = emitted();
    emitted.emissions.increment();
    Totals before = emitted.windows.put(new Window(row.f0, row.f1), row.f2);
    if (before != null && !before.equals(row.f2)) {
      emitted.contradictions.increment();
    }
  }

  /** Takes results. */
  static final class Take extends ProcessFunction<Tuple3<Integer, Long, Totals>, Long> {
    private static final long serialVersionUID = 1;
    private final Windows windows;
    private final boolean late;

    Take(Windows windows, boolean late) {
      this.windows = windows;
      this.late = late;
    }

    @Override
    public void processElement(
        Tuple3<Integer, Long, Totals> row,
        ProcessFunction<Tuple3<Integer, Long, Totals>, Long>.Context context,
        Collector<Long> out) {
      if (late) {
        windows.emitted().late.increment();
      } else {
        windows.take(row);
      }
    }
  }
}
