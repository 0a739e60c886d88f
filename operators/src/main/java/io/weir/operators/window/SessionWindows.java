package io.weir.operators.window;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/**
 * Session windows. A partial result that overlaps open sessions joins them, and joins them to each
 * other.
 *
 * <p>INVARIANT: the open sessions of a key do not overlap, and each has a timer at its end.
 *
 * <p>A partial result is late when a session of its first row alone would be closed, even if later
 * rows of it could still join something: so no session ever begins where a closed one of the same
 * group began, and a result that was emitted is never emitted again under the same start.
 */
final class SessionWindows implements OpenWindows {

  private final long gap;
  private final MapState<Span, Piece> sessions;
  private final InternalTimerService<VoidNamespace> timers;

  SessionWindows(
      long gap, MapState<Span, Piece> sessions, InternalTimerService<VoidNamespace> timers) {
    this.gap = gap;
    this.sessions = sessions;
    this.timers = timers;
  }

  @Override
  public Fate take(Span span, Piece piece, long closed) throws Exception {
    if (span.start() + gap - 1 <= closed) {
      return Fate.LATE;
    }
    Span whole = span;
    Piece merged = piece;
    for (Span session : overlapping(span)) {
      Piece known = sessions.get(session);
      known.merge(merged);
      merged = known;
      whole = whole.cover(session);
      sessions.remove(session);
      timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, session.end() - 1);
    }
    sessions.put(whole, merged);
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, whole.end() - 1);
    return Fate.TAKEN;
  }

  // Keys only: a state backend on disk reads no piece for it. To join two sessions a span must
  // overlap both, so looking once is enough.
  private List<Span> overlapping(Span span) throws Exception {
    List<Span> found = new ArrayList<>();
    for (Span session : sessions.keys()) {
      if (session.overlaps(span)) {
        found.add(session);
      }
    }
    return found;
  }

  @Override
  public void close(long time, Results results) throws Exception {
    List<Span> ended = new ArrayList<>();
    for (Span session : sessions.keys()) {
      if (session.end() == time + 1) {
        ended.add(session);
      }
    }
    for (Span session : ended) {
      results.emit(session, sessions.get(session));
      sessions.remove(session);
    }
  }

  @Override
  public Span lastWindowOf(Span span) {
    return span;
  }
}
