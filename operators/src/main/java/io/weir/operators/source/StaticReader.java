package io.weir.operators.source;

import io.weir.operators.intake.RawRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Reads its origins in the task's thread, a bounded number of records a call: between two calls
 * Flink looks for barriers, timers and full buffers, which costs more than a record does. Nothing
 * is emitted before the enumerator said that no more splits come: only then have all origins been
 * announced.
 */
final class StaticReader implements SourceReader<RawRecord, OriginSplit> {

  /** A wait is looked at again after this time, so that a closed reader is not held for long. */
  private static final long LONGEST_WAIT_MILLIS = 1000;

  /** How many records a call delivers at most, as barriers and timers wait for it. */
  static final int MOST_RECORDS = 32;

  private record Reading(Origin origin, Cursor cursor) {}

  private final Origins origins;
  private final Counter recordsIn;

  // Read by the threads that report metrics.
  private final AtomicLong workDone = new AtomicLong();
  private final AtomicLong workTotal = new AtomicLong();

  private final Queue<OriginSplit> unread =
      new PriorityQueue<>(Comparator.comparing(OriginSplit::splitId));
  private final List<Reading> open = new ArrayList<>();
  private @Nullable Cursor current;
  private int turn;
  private long workOfFinished;

  private boolean noMoreSplits;
  private int waiting;
  private long shortestWaitMillis = LONGEST_WAIT_MILLIS;
  private CompletableFuture<Void> available = new CompletableFuture<>();

  StaticReader(Origins origins, SourceReaderMetricGroup metrics) {
    this.origins = origins;
    recordsIn = metrics.getIOMetricGroup().getNumRecordsInCounter();
    metrics.gauge("workDone", workDone::get);
    metrics.gauge("workTotal", workTotal::get);
  }

  @Override
  public void start() {}

  @Override
  public InputStatus pollNext(ReaderOutput<RawRecord> output) throws IOException {
    Cursor cursor = current;
    if (cursor == null) {
      return prepare();
    }
    for (int i = 0; i < MOST_RECORDS; i++) {
      RawRecord record = cursor.next();
      if (record == null) {
        return pause(cursor, output);
      }
      recordsIn.inc();
      output.collect(record);
      if (open.size() > 1) {
        cursor = takeTurns();
      }
    }
    publishWork();
    return InputStatus.MORE_AVAILABLE;
  }

  private Cursor takeTurns() {
    waiting = 0;
    shortestWaitMillis = LONGEST_WAIT_MILLIS;
    turn = (turn + 1) % open.size();
    Cursor next = open.get(turn).cursor();
    current = next;
    return next;
  }

  /** Opens what comes next. */
  private InputStatus prepare() throws IOException {
    if (!noMoreSplits) {
      return InputStatus.NOTHING_AVAILABLE;
    }
    if (open.isEmpty() || origins.isInterleaved()) {
      openNext();
    }
    if (open.isEmpty()) {
      return InputStatus.END_OF_INPUT;
    }
    turn = 0;
    current = open.get(0).cursor();
    return InputStatus.MORE_AVAILABLE;
  }

  private void openNext() throws IOException {
    int most = origins.isInterleaved() ? Integer.MAX_VALUE : 1;
    while (open.size() < most && !unread.isEmpty()) {
      OriginSplit split = unread.remove();
      open.add(new Reading(split.origin(), origins.open(split.origin(), split.position())));
    }
  }

  private InputStatus pause(Cursor cursor, ReaderOutput<RawRecord> output) throws IOException {
    publishWork();
    long waitMillis = cursor.waitMillis();
    if (waitMillis < 0) {
      finish(output);
      return InputStatus.MORE_AVAILABLE;
    }
    return waitMillis == 0 ? InputStatus.MORE_AVAILABLE : await(waitMillis);
  }

  private void finish(ReaderOutput<RawRecord> output) throws IOException {
    Reading finished = open.remove(turn);
    workOfFinished += finished.cursor().workDone();
    current = null;
    waiting = 0;
    finished.cursor().close();
    output.collect(RawRecord.finished(finished.origin().name()));
  }

  /** Waits only when every open origin has to. */
  private InputStatus await(long waitMillis) {
    shortestWaitMillis = Math.min(shortestWaitMillis, waitMillis);
    if (++waiting < open.size()) {
      turn = (turn + 1) % open.size();
      current = open.get(turn).cursor();
      return InputStatus.MORE_AVAILABLE;
    }
    available =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, shortestWaitMillis, TimeUnit.MILLISECONDS);
    waiting = 0;
    shortestWaitMillis = LONGEST_WAIT_MILLIS;
    return InputStatus.NOTHING_AVAILABLE;
  }

  private void publishWork() {
    long done = workOfFinished;
    for (int i = 0; i < open.size(); i++) {
      done += open.get(i).cursor().workDone();
    }
    workDone.lazySet(done);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return available;
  }

  @Override
  public void addSplits(List<OriginSplit> splits) {
    unread.addAll(splits);
    current = null;
    for (OriginSplit split : splits) {
      long total = workTotal.get();
      boolean endless = total < 0 || split.origin().work() < 0;
      workTotal.set(endless ? Origin.UNKNOWN : total + split.origin().work());
    }
    wakeUp();
  }

  @Override
  public void notifyNoMoreSplits() {
    noMoreSplits = true;
    wakeUp();
  }

  private void wakeUp() {
    if (noMoreSplits) {
      available.complete(null);
    }
  }

  @Override
  public List<OriginSplit> snapshotState(long checkpointId) {
    List<OriginSplit> splits = new ArrayList<>(unread);
    for (Reading reading : open) {
      splits.add(new OriginSplit(reading.origin(), reading.cursor().position()));
    }
    return splits;
  }

  @Override
  public void close() throws IOException {
    try (CloseableRegistry all = new CloseableRegistry()) {
      for (Reading reading : open) {
        all.registerCloseable(reading.cursor());
      }
    }
  }
}
