package io.weir.operators.epoch.faults;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.Configured;
import io.weir.operators.epoch.Factor;
import io.weir.operators.epoch.Stamped;
import io.weir.operators.epoch.VersionedConfiguration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** The stages of the tests' jobs: each writes the version that it is under onto rows. */
final class Stages {

  static final String FIRST = "first";
  static final String SECOND = "second";

  private static final int BURST = 16;

  private Stages() {}

  /** Chained to the source, which it slows down. */
  // Handed a configuration before the first record.
  @SuppressWarnings("NullAway.Init")
  static final class First extends ProcessFunction<Long, Stamped> implements Configured<Factor> {
    private static final long serialVersionUID = 1;

    private final String stage;
    private final Injected faults;
    private transient VersionedConfiguration<Factor> configuration;
    private transient int subtask;

    First(String stage, Injected faults) {
      this.stage = stage;
      this.faults = faults;
    }

    @Override
    public ConfigurationType<Factor> configurationType() {
      return Factor.Type.INSTANCE;
    }

    @Override
    public void open(OpenContext context) {
      subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    }

    @Override
    public void configure(VersionedConfiguration<Factor> next) {
      configuration = next;
    }

    @Override
    public void processElement(
        Long number, ProcessFunction<Long, Stamped>.Context context, Collector<Stamped> out)
        throws InterruptedException {
      faults.onRecord(stage, subtask);
      if (number % BURST == 0) {
        faults.onBurst();
      }
      out.collect(new Stamped(number, configuration.version(), Stamped.NONE, 0));
    }
  }

  /** Marks rows that were made under another version. */
  // Handed a configuration before the first record.
  @SuppressWarnings("NullAway.Init")
  static final class Check extends ProcessFunction<Stamped, Stamped> implements Configured<Factor> {
    private static final long serialVersionUID = 1;
    private transient VersionedConfiguration<Factor> configuration;

    @Override
    public ConfigurationType<Factor> configurationType() {
      return Factor.Type.INSTANCE;
    }

    @Override
    public void configure(VersionedConfiguration<Factor> next) {
      configuration = next;
    }

    @Override
    public void processElement(
        Stamped row, ProcessFunction<Stamped, Stamped>.Context context, Collector<Stamped> out) {
      out.collect(HoldingOperator.under(configuration.version(), row));
    }
  }

  /** Behind a shuffle; multiplies, and counts in state. */
  // Handed a configuration before the first record.
  @SuppressWarnings("NullAway.Init")
  static final class Second extends KeyedProcessFunction<Long, Stamped, Stamped>
      implements Configured<Factor> {
    private static final long serialVersionUID = 1;

    private final String stage;
    private final Injected faults;
    private transient VersionedConfiguration<Factor> configuration;
    private transient ValueState<Long> count;
    private transient int subtask;

    Second(String stage, Injected faults) {
      this.stage = stage;
      this.faults = faults;
    }

    @Override
    public ConfigurationType<Factor> configurationType() {
      return Factor.Type.INSTANCE;
    }

    @Override
    public void open(OpenContext context) {
      subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
      count =
          getRuntimeContext()
              .getState(new ValueStateDescriptor<>("count", new FragileCount(faults)));
    }

    @Override
    public void configure(VersionedConfiguration<Factor> next) {
      configuration = next;
    }

    @Override
    public void processElement(
        Stamped row,
        KeyedProcessFunction<Long, Stamped, Stamped>.Context context,
        Collector<Stamped> out)
        throws Exception {
      faults.onRecord(stage, subtask);
      Long before = count.value();
      count.update(before == null ? 1 : before + 1);
      long value = row.id() * configuration.value().factor();
      out.collect(new Stamped(row.id(), row.first(), configuration.version(), value));
    }
  }
}
