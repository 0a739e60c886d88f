package io.weir.operators.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/**
 * Tumbling and hopping windows, kept as slices. A slice stays until the last window that covers it
 * has closed; a window is put together from its slices when it closes.
 *
 * <p>INVARIANT: for each slice in state there is a timer at the end of the earliest open window
 * that covers it or of an earlier window of the same key; a window that closes sets the timer of
 * the next one that has rows.
 *
 * <p>A late slice of hopping windows counts in the windows that are still open only.
 */
final class SlicedWindows implements OpenWindows {

  private final long size;
  private final long every;
  private final PieceShape shape;
  private final MapState<Span, Piece> slices;
  private final InternalTimerService<VoidNamespace> timers;

  SlicedWindows(
      long size,
      long every,
      PieceShape shape,
      MapState<Span, Piece> slices,
      InternalTimerService<VoidNamespace> timers) {
    this.size = size;
    this.every = every;
    this.shape = shape;
    this.slices = slices;
    this.timers = timers;
  }

  @Override
  public Fate take(Span slice, Piece piece, long closed) throws Exception {
    if (lastWindowOf(slice).end() - 1 <= closed) {
      return Fate.LATE;
    }
    Piece known = slices.get(slice);
    if (known != null) {
      known.merge(piece);
    }
    slices.put(slice, known == null ? piece : known);
    long first = firstStart(slice);
    boolean late = first + size - 1 <= closed;
    if (known == null) {
      setTimer(late ? firstStartAbove(closed + 1 - size) : first);
    }
    return late ? Fate.PARTLY_LATE : Fate.TAKEN;
  }

  private void setTimer(long windowStart) {
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, windowStart + size - 1);
  }

  /** The start of the first window that covers a slice. */
  private long firstStart(Span slice) {
    return firstStartAbove(slice.end() - size - 1);
  }

  private long firstStartAbove(long time) {
    return Math.floorDiv(time, every) * every + every;
  }

  @Override
  public Span lastWindowOf(Span slice) {
    long start = Math.floorDiv(slice.start(), every) * every;
    return new Span(start, start + size);
  }

  @Override
  public void close(long time, Results results) throws Exception {
    Span window = new Span(time + 1 - size, time + 1);
    if (size == every) {
      closeTumbling(window, results);
    } else {
      closeHopping(window, results);
    }
  }

  // Its only slice is the window itself.
  private void closeTumbling(Span window, Results results) throws Exception {
    Piece piece = slices.get(window);
    if (piece != null) {
      results.emit(window, piece);
      slices.remove(window);
    }
  }

  private void closeHopping(Span window, Results results) throws Exception {
    List<Piece> covered = new ArrayList<>();
    List<Span> done = new ArrayList<>();
    long next = Long.MAX_VALUE;
    for (Map.Entry<Span, Piece> entry : slices.entries()) {
      Span slice = entry.getKey();
      if (slice.overlaps(window)) {
        covered.add(entry.getValue());
      }
      if (lastWindowOf(slice).start() <= window.start()) {
        done.add(slice);
      } else {
        next = Math.min(next, Math.max(firstStart(slice), window.start() + every));
      }
    }
    results.emit(window, compose(covered));
    for (Span slice : done) {
      slices.remove(slice);
    }
    if (next < Long.MAX_VALUE) {
      setTimer(next);
    }
  }

  // Later windows need the slices as they are, so they are merged into a new piece.
  private Piece compose(List<Piece> covered) {
    if (covered.size() == 1) {
      return covered.get(0);
    }
    Piece whole = Piece.empty(shape);
    covered.forEach(whole::merge);
    return whole;
  }
}
