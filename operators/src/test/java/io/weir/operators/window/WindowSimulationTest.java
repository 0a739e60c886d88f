package io.weir.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.window.Clicks.Click;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random rows with bounded disorder through 1 to 4 pre-aggregators and 1 to 3 window operators,
 * with random watermarks, flushes, channel delays, checkpoints, failures and rescaling: all results
 * are those of a naive batch, each exactly once. One seed decides everything; {@code -Dseed=}
 * replays it, {@code -Druns=} tries more.
 */
class WindowSimulationTest {

  private static final int RUNS = Integer.getInteger("runs", 60);

  @Test
  void resultsAreThoseOfABatchOnTheHeap() throws Exception {
    Long seed = Long.getLong("seed");
    for (long s = seed == null ? 0 : seed; s < (seed == null ? RUNS : seed + 1); s++) {
      new Run(s, new HashMapStateBackend()).play();
    }
  }

  @Test
  void resultsAreThoseOfABatchInRocksDb() throws Exception {
    for (long s = 0; s < 3; s++) {
      new Run(s, new EmbeddedRocksDBStateBackend()).play();
    }
  }

  /** What a source will deliver: a click, or a watermark; the highest one is its end. */
  private record Event(@Nullable Click click, long watermark) {}

  private static final class Run {
    private final long seed;
    private final Random random;
    private final StateBackend backend;
    private final WindowPlan plan;
    private final List<List<Event>> sources = new ArrayList<>();
    private final List<Click> clicks = new ArrayList<>();
    private Pipeline pipeline;
    private final List<String> results = new ArrayList<>();
    private int[] positions;
    private long checkpoint;
    // What a failure goes back to.
    private Pipeline.@Nullable Snapshot stored;
    private int[] storedPositions;
    private int storedResults;

    Run(long seed, StateBackend backend) throws Exception {
      this.seed = seed;
      this.backend = backend;
      random = new Random(seed);
      int[] bounds = {1, 2, 7, 1000};
      plan =
          Clicks.plan(
              windowing(), new PreAggregation(bounds[random.nextInt(bounds.length)], 1 << 20));
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        sources.add(events());
      }
      positions = new int[sources.size()];
      storedPositions = positions.clone();
      pipeline = new Pipeline(plan, sources.size(), 1 + random.nextInt(3), backend, null);
    }

    private Windowing windowing() {
      long size = 1L + random.nextInt(40);
      return switch (random.nextInt(3)) {
        case 0 -> new Windowing.Tumbling(size);
        case 1 -> new Windowing.Hopping(size, 1 + random.nextInt((int) size));
        default -> new Windowing.Session(size);
      };
    }

    private List<Event> events() {
      List<Event> events = new ArrayList<>();
      int disorder = random.nextInt(60);
      int step = 1 + random.nextInt(12);
      long clock = random.nextInt(200) - 100L;
      for (int i = random.nextInt(150); i > 0; i--) {
        clock += random.nextInt(25) == 0 ? random.nextInt(300) : random.nextInt(step);
        String page = random.nextInt(8) == 0 ? null : "p" + random.nextInt(3);
        Click click =
            new Click(clock - random.nextInt(disorder + 1), page, random.nextInt(100) - 20);
        clicks.add(click);
        events.add(new Event(click, 0));
        if (random.nextInt(4) == 0) {
          // Honest: rows that follow are at most `disorder` behind the clock.
          events.add(new Event(null, clock - disorder - 1));
        }
      }
      events.add(new Event(null, Long.MAX_VALUE));
      return events;
    }

    void play() throws Exception {
      while (!done()) {
        int what = random.nextInt(200);
        if (what < 120) {
          read(random.nextInt(positions.length));
        } else if (what < 196) {
          pipeline.deliver(random.nextInt(positions.length), 1 + random.nextInt(5));
        } else if (what < 198) {
          restart(random.nextBoolean());
        } else {
          store();
        }
      }
      pipeline.deliverAll();
      results.addAll(pipeline.results());

      assertThat(results)
          .as("%s, seed %d", plan, seed)
          .containsExactlyInAnyOrderElementsOf(Clicks.batch(plan.windowing(), clicks));
      assertThat(pipeline.deadLetters()).as("seed %d", seed).isEmpty();
      assertThat(pipeline.timers()).as("seed %d", seed).isZero();
      if (backend instanceof HashMapStateBackend) {
        assertThat(pipeline.keyedStateEntries()).as("seed %d", seed).isZero();
      }
      pipeline.close();
    }

    private boolean done() {
      for (int i = 0; i < positions.length; i++) {
        if (positions[i] < sources.get(i).size()) {
          return false;
        }
      }
      return true;
    }

    private void read(int source) throws Exception {
      if (positions[source] < sources.get(source).size()) {
        Event event = sources.get(source).get(positions[source]++);
        if (event.click() != null) {
          pipeline.row(source, event.click());
        } else if (event.watermark() == Long.MAX_VALUE) {
          pipeline.end(source);
        } else {
          pipeline.watermark(source, event.watermark());
        }
      }
    }

    private void store() throws Exception {
      stored = pipeline.snapshot(++checkpoint);
      storedPositions = positions.clone();
      results.addAll(pipeline.results());
      pipeline.results().clear();
      storedResults = results.size();
    }

    private void restart(boolean graceful) throws Exception {
      if (graceful) {
        store();
      }
      assertThat(pipeline.deadLetters()).as("seed %d", seed).isEmpty();
      pipeline.close();
      results.subList(storedResults, results.size()).clear();
      for (int i = 0; i < positions.length; i++) {
        // A source that had ended says so again.
        positions[i] = Math.min(storedPositions[i], sources.get(i).size() - 1);
      }
      pipeline = new Pipeline(plan, sources.size(), 1 + random.nextInt(3), backend, stored);
    }
  }
}
