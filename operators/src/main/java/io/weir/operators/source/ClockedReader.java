package io.weir.operators.source;

import io.weir.operators.intake.OriginClock;
import io.weir.operators.intake.RawRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * Announces the origins of new splits before their records, and saves splits with their clocks. The
 * gate moves the very clocks that are handed out here; both run in the task's thread, so what is
 * saved at a barrier is what the gate knew at that barrier.
 */
@SuppressWarnings("try") // close() throws what Flink lets it throw.
final class ClockedReader<S extends SourceSplit> extends ForwardingReader<S, ClockedSplit<S>> {

  private final Map<String, OriginClock> clocks = new HashMap<>();
  private final ArrayDeque<OriginClock> toAnnounce = new ArrayDeque<>();

  ClockedReader(SourceReader<RawRecord, S> reader) {
    super(reader);
  }

  @Override
  public void addSplits(List<ClockedSplit<S>> splits) {
    List<S> inner = new ArrayList<>(splits.size());
    for (ClockedSplit<S> clocked : splits) {
      clocks.put(clocked.splitId(), clocked.clock());
      toAnnounce.add(clocked.clock());
      inner.add(clocked.split());
    }
    reader().addSplits(inner);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<RawRecord> output) throws Exception {
    if (toAnnounce.isEmpty()) {
      return super.pollNext(output);
    }
    // All at once: between two calls the gate may tell the time, and it must not tell that of some
    // origins while it does not know the others, whose clocks may be further behind.
    while (!toAnnounce.isEmpty()) {
      output.collect(RawRecord.assigned(toAnnounce.remove()));
    }
    return InputStatus.MORE_AVAILABLE;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return toAnnounce.isEmpty() ? super.isAvailable() : CompletableFuture.completedFuture(null);
  }

  @Override
  public List<ClockedSplit<S>> snapshotState(long checkpointId) {
    Map<String, OriginClock> left = new HashMap<>();
    List<ClockedSplit<S>> splits = new ArrayList<>();
    for (S split : reader().snapshotState(checkpointId)) {
      OriginClock clock = clocks.get(split.splitId());
      if (clock == null) {
        throw new IllegalStateException("split " + split.splitId() + " was never assigned here");
      }
      left.put(split.splitId(), clock);
      splits.add(new ClockedSplit<>(split, clock));
    }
    clocks.keySet().retainAll(left.keySet());
    return splits;
  }
}
