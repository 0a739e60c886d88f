package io.weir.operators.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.jspecify.annotations.Nullable;

/** Hands out all splits at once, when all readers are there. */
final class StaticEnumerator implements SplitEnumerator<OriginSplit, WaitingSplits> {

  private static final Comparator<OriginSplit> LARGEST_FIRST =
      Comparator.comparingLong((OriginSplit split) -> split.origin().work())
          .reversed()
          .thenComparing(OriginSplit::splitId);

  private final SplitEnumeratorContext<OriginSplit> context;
  private final @Nullable Origins unlisted;
  private final List<OriginSplit> waiting = new ArrayList<>();

  /** What failed readers gave back; it goes to the same subtask when it comes again. */
  private final Map<Integer, List<OriginSplit>> returned = new HashMap<>();

  private boolean handedOut;

  private StaticEnumerator(
      SplitEnumeratorContext<OriginSplit> context,
      @Nullable Origins unlisted,
      List<OriginSplit> waiting) {
    this.context = context;
    this.unlisted = unlisted;
    this.waiting.addAll(waiting);
  }

  static StaticEnumerator fresh(SplitEnumeratorContext<OriginSplit> context, Origins origins) {
    return new StaticEnumerator(context, origins, List.of());
  }

  static StaticEnumerator restored(
      SplitEnumeratorContext<OriginSplit> context, WaitingSplits waiting) {
    return new StaticEnumerator(context, null, waiting.splits());
  }

  @Override
  public void start() {
    if (unlisted != null) {
      list(unlisted);
    }
  }

  private void list(Origins origins) {
    try {
      for (Origin origin : origins.list()) {
        waiting.add(new OriginSplit(origin, Position.START));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Override
  public void addReader(int subtask) {
    if (handedOut) {
      give(subtask, returned.remove(subtask));
    } else if (context.registeredReaders().size() == context.currentParallelism()) {
      handOut();
    }
  }

  private void handOut() {
    List<List<OriginSplit>> shares = balanced(waiting, context.currentParallelism());
    returned.forEach((subtask, splits) -> shares.get(subtask).addAll(splits));
    waiting.clear();
    returned.clear();
    handedOut = true;
    for (int subtask = 0; subtask < shares.size(); subtask++) {
      give(subtask, shares.get(subtask));
    }
  }

  private void give(int subtask, @Nullable List<OriginSplit> splits) {
    if (splits != null && !splits.isEmpty()) {
      context.assignSplits(new SplitsAssignment<>(Map.of(subtask, splits)));
    }
    context.signalNoMoreSplits(subtask);
  }

  /** Greedy: the largest split that is left goes to the subtask that has least, the first one. */
  static List<List<OriginSplit>> balanced(List<OriginSplit> splits, int subtasks) {
    List<List<OriginSplit>> shares = new ArrayList<>();
    for (int i = 0; i < subtasks; i++) {
      shares.add(new ArrayList<>());
    }
    long[] loads = new long[subtasks];
    for (OriginSplit split : splits.stream().sorted(LARGEST_FIRST).toList()) {
      int least = indexOfLeast(loads);
      shares.get(least).add(split);
      // An empty or endless origin counts as well, so that many of them spread.
      loads[least] += Math.max(1, split.origin().work());
    }
    return shares;
  }

  private static int indexOfLeast(long[] loads) {
    int least = 0;
    for (int i = 1; i < loads.length; i++) {
      least = loads[i] < loads[least] ? i : least;
    }
    return least;
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    throw new IllegalStateException("subtask " + subtask + " asked for a split; readers never do");
  }

  @Override
  public void addSplitsBack(List<OriginSplit> splits, int subtask) {
    returned.computeIfAbsent(subtask, key -> new ArrayList<>()).addAll(splits);
  }

  @Override
  public WaitingSplits snapshotState(long checkpointId) {
    List<OriginSplit> all = new ArrayList<>(waiting);
    returned.values().forEach(all::addAll);
    return new WaitingSplits(all);
  }

  @Override
  public void close() {}
}
