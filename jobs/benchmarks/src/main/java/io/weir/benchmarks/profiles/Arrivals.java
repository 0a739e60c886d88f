package io.weir.benchmarks.profiles;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The end of the job: notes when records arrive, and when the checkpoint that they belong to is
 * complete. That is when an exactly-once sink shows them.
 */
final class Arrivals extends AbstractStreamOperator<Long>
    implements OneInputStreamOperator<Tuple2<Long, Long>, Long> {

  private static final long serialVersionUID = 1;

  private record Epoch(long checkpoint, List<Long> due) {}

  private final boolean timed;
  // Empty when the operator travels to its task.
  private final ArrayDeque<Epoch> waiting = new ArrayDeque<>();
  private ArrayList<Long> unsaved = new ArrayList<>();
  private int counted;

  /**
   * Made for each job.
   *
   * @param timed whether times are noted, or records only counted
   */
  Arrivals(boolean timed) {
    this.timed = timed;
  }

  @Override
  public void processElement(StreamRecord<Tuple2<Long, Long>> element) {
    if (timed) {
      long due = element.getValue().f1;
      Board.arrived(System.nanoTime() - due);
      unsaved.add(due);
    } else if (++counted == Board.BATCH) {
      Board.counted(counted);
      counted = 0;
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    waiting.add(new Epoch(context.getCheckpointId(), unsaved));
    unsaved = new ArrayList<>();
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    super.notifyCheckpointComplete(checkpoint);
    long now = System.nanoTime();
    while (!waiting.isEmpty() && waiting.peek().checkpoint() <= checkpoint) {
      waiting.remove().due().forEach(due -> Board.shown(now - due));
    }
  }
}
