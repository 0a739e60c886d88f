package io.weir.operators.trace;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * The spans of the current trace, in keyed state: one value, as most traces are small, and behind
 * it two maps for what a large one has more. Builds before the value had the maps alone.
 *
 * <p>Between {@link #load} and {@link #store} all calls are about one trace.
 */
public final class TraceMemory {

  private final ValueState<TraceSpans> spans;
  private final MapState<Long, SeenSpan> seen;
  private final MapState<Long, List<WaitingSpan>> waiting;
  private TraceSpans trace = new TraceSpans();

  public TraceMemory(RuntimeContext context) {
    spans = context.getState(new ValueStateDescriptor<>("spans", TraceSpansSerializer.INSTANCE));
    seen = map(context, "seen", TypeInformation.of(SeenSpan.class));
    waiting = map(context, "waiting", Types.LIST(TypeInformation.of(WaitingSpan.class)));
  }

  private static <V> MapState<Long, V> map(
      RuntimeContext context, String name, TypeInformation<V> type) {
    return context.getMapState(new MapStateDescriptor<>(name, Types.LONG, type));
  }

  public void load() throws Exception {
    TraceSpans known = spans.value();
    if (known == null) {
      known = new TraceSpans();
      known.setContinued(!seen.isEmpty() || !waiting.isEmpty());
    }
    trace = known;
  }

  public void store() throws Exception {
    if (trace.isEmpty() && !trace.isContinued()) {
      spans.clear();
    } else {
      spans.update(trace);
    }
  }

  /** Whose a span is; null if it was not seen. */
  public @Nullable String serviceOf(long id) throws Exception {
    String service = trace.serviceOf(id);
    if (service != null || !trace.isContinued()) {
      return service;
    }
    SeenSpan span = seen.get(id);
    return span == null ? null : span.service();
  }

  public void see(long id, String service, long time) throws Exception {
    if (trace.canTakeSeen()) {
      trace.see(id, service, time);
    } else {
      seen.put(id, new SeenSpan(service, time));
      trace.setContinued(true);
    }
  }

  /** How many were seen, and are not forgotten. */
  public int size() throws Exception {
    int size = trace.size();
    if (trace.isContinued()) {
      for (Long unused : seen.keys()) {
        size++;
      }
    }
    return size;
  }

  public void await(long parent, WaitingSpan child) throws Exception {
    if (trace.canTakeWaiting()) {
      trace.await(parent, child);
      return;
    }
    List<WaitingSpan> siblings = waiting.get(parent);
    if (siblings == null) {
      siblings = new ArrayList<>();
    }
    siblings.add(child);
    waiting.put(parent, siblings);
    trace.setContinued(true);
  }

  /** Hands out those that wait for a span; they wait no longer. */
  public void answer(long parent, Consumer<WaitingSpan> receiver) throws Exception {
    trace.answer(parent, receiver);
    List<WaitingSpan> others = trace.isContinued() ? waiting.get(parent) : null;
    if (others != null) {
      others.forEach(receiver);
      waiting.remove(parent);
    }
  }

  /** Forgets what is not later than a time; returns how many waited in vain. */
  public int forget(long time) throws Exception {
    int orphans = trace.forget(time);
    if (trace.isContinued()) {
      forgetSeen(time);
      orphans += forgetWaiting(time);
      boolean noneSeen = clearIfEmpty(seen);
      boolean noneWaiting = clearIfEmpty(waiting);
      trace.setContinued(!noneSeen || !noneWaiting);
    }
    return orphans;
  }

  private void forgetSeen(long time) throws Exception {
    for (Iterator<Map.Entry<Long, SeenSpan>> all = seen.iterator(); all.hasNext(); ) {
      if (all.next().getValue().time() <= time) {
        all.remove();
      }
    }
  }

  private int forgetWaiting(long time) throws Exception {
    int orphans = 0;
    for (Iterator<Map.Entry<Long, List<WaitingSpan>>> all = waiting.iterator(); all.hasNext(); ) {
      Map.Entry<Long, List<WaitingSpan>> siblings = all.next();
      int before = siblings.getValue().size();
      List<WaitingSpan> left =
          siblings.getValue().stream().filter(span -> span.time() > time).toList();
      orphans += before - left.size();
      if (left.isEmpty()) {
        all.remove();
      } else if (left.size() < before) {
        siblings.setValue(new ArrayList<>(left));
      }
    }
    return orphans;
  }

  // On the heap, a map that was emptied entry by entry would stay for every trace there ever was.
  private static boolean clearIfEmpty(MapState<Long, ?> state) throws Exception {
    boolean empty = state.isEmpty();
    if (empty) {
      state.clear();
    }
    return empty;
  }
}
