package io.weir.operators.source;

import io.weir.operators.intake.RawRecord;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Origins whose records are the numbers from 1 to their work.
 *
 * @param origins what there is
 * @param interleaved whether they are read in turn
 * @param waits what {@link Cursor#waitMillis()} answers before each record, endlessly the last one
 */
record CountingOrigins(List<Origin> origins, boolean interleaved, List<Long> waits)
    implements Origins {

  static CountingOrigins of(Origin... origins) {
    return new CountingOrigins(List.of(origins), false, List.of());
  }

  @Override
  public List<Origin> list() {
    return origins;
  }

  @Override
  public boolean isInterleaved() {
    return interleaved;
  }

  @Override
  public Cursor open(Origin origin, Position from) {
    return new Counter(origin, from.number(), new ArrayDeque<>(waits));
  }

  private static final class Counter implements Cursor {

    private final Origin origin;
    private final Queue<Long> waits;
    private long count;

    Counter(Origin origin, long count, Queue<Long> waits) {
      this.origin = origin;
      this.count = count;
      this.waits = waits;
    }

    @Override
    public @Nullable RawRecord next() {
      if (count == origin.work() || !waits.isEmpty()) {
        return null;
      }
      count++;
      return RawRecord.data(origin.name(), count, new byte[0]);
    }

    @Override
    public long waitMillis() {
      Long wait = waits.poll();
      return wait == null ? FINISHED : wait;
    }

    @Override
    public Position position() {
      return new Position(0, 0, count);
    }

    @Override
    public long workDone() {
      return count;
    }

    @Override
    public void close() {}
  }
}
