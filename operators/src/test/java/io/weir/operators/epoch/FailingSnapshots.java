package io.weir.operators.epoch;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.types.CopyableValue;

/**
 * Passes everything on. The state of one subtask cannot be written at every second checkpoint,
 * which is found out when all subtasks have seen its barrier: the checkpoint is aborted.
 */
// Flink calls initializeState before anything else.
@SuppressWarnings("NullAway.Init")
final class FailingSnapshots extends RichMapFunction<RoutedNumber, RoutedNumber>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1;
  private static final int PERIOD = 2;

  private transient ListState<Brittle> state;

  @Override
  public RoutedNumber map(RoutedNumber number) {
    return number;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("brittle", Brittle.class));
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    boolean breaks =
        getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0
            && context.getCheckpointId() % PERIOD == 0;
    state.update(List.of(new Brittle(breaks)));
  }

  /** State that breaks, or does not, when it is written. */
  public static final class Brittle implements CopyableValue<Brittle> {
    private static final long serialVersionUID = 1;

    private boolean breaks;

    public Brittle() {}

    private Brittle(boolean breaks) {
      this.breaks = breaks;
    }

    @Override
    public void write(DataOutputView out) throws IOException {
      if (breaks) {
        throw new IOException("injected by the test");
      }
      out.writeBoolean(false);
    }

    @Override
    public void read(DataInputView in) throws IOException {
      breaks = in.readBoolean();
    }

    @Override
    public int getBinaryLength() {
      return 1;
    }

    @Override
    public void copyTo(Brittle target) {
      target.breaks = breaks;
    }

    @Override
    public Brittle copy() {
      return new Brittle(breaks);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
      target.writeBoolean(source.readBoolean());
    }
  }
}
