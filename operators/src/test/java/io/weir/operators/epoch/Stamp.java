package io.weir.operators.epoch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Functions that write the version in force onto each row. */
final class Stamp {

  static final long UNUSABLE_BY_SUBTASK_1 = 4_711;
  static final AtomicInteger FAILURES = new AtomicInteger();

  private static final int BURST = 32;

  private Stamp() {}

  /** Lets some ten thousand records a second through, so that a job sees many checkpoints. */
  static void throttle(long number) throws InterruptedException {
    if (number % BURST == 0) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  /** The first operator, chained to the source. */
  // Handed a configuration before the first record.
  @SuppressWarnings("NullAway.Init")
  static final class First extends ProcessFunction<Long, Stamped> implements Configured<Factor> {
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
        Long number, ProcessFunction<Long, Stamped>.Context context, Collector<Stamped> out)
        throws InterruptedException {
      throttle(number);
      out.collect(new Stamped(number, configuration.version(), Stamped.NONE, 0));
    }
  }

  /** The second operator, behind a shuffle; one of its subtasks may be slow. */
  // Handed a configuration before the first record.
  @SuppressWarnings("NullAway.Init")
  static final class Second extends KeyedProcessFunction<Long, Stamped, Stamped>
      implements Configured<Factor> {
    private static final long serialVersionUID = 1;

    private final Pace pace;
    private transient VersionedConfiguration<Factor> configuration;

    Second(Pace pace) {
      this.pace = pace;
    }

    @Override
    public ConfigurationType<Factor> configurationType() {
      return Factor.Type.INSTANCE;
    }

    @Override
    public void configure(VersionedConfiguration<Factor> next) {
      configuration = next;
    }

    @Override
    public void check(Factor next) throws InvalidConfigurationException {
      int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
      if (subtask == 1 && next.factor() == UNUSABLE_BY_SUBTASK_1) {
        throw new InvalidConfigurationException("subtask 1 cannot use " + next.factor());
      }
    }

    @Override
    public void processElement(
        Stamped row,
        KeyedProcessFunction<Long, Stamped, Stamped>.Context context,
        Collector<Stamped> out)
        throws Exception {
      pace.before(row.id(), getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
      out.collect(
          new Stamped(
              row.id(),
              row.first(),
              configuration.version(),
              row.id() * configuration.value().factor()));
    }
  }

  /** What a subtask of the second operator does before it takes a row. */
  enum Pace {
    EVEN,
    ONE_SLOW,
    SOMETIMES_STUCK,
    /** Fails as often as {@link #FAILURES} says. */
    FAILING;

    private static final int PERIOD = 4_000;
    private static final int STUCK_PERIOD = 30_000;

    void before(long id, int subtask) throws InterruptedException {
      switch (this) {
        case EVEN -> {}
        case ONE_SLOW -> pauseIf(subtask == 1 && id % 8 == 0, 50);
        case SOMETIMES_STUCK -> pauseIf(subtask == 1 && id % STUCK_PERIOD < 64, 80_000);
        case FAILING -> failIf(id % PERIOD == 17);
      }
    }

    private static void pauseIf(boolean condition, long micros) throws InterruptedException {
      if (condition) {
        TimeUnit.MICROSECONDS.sleep(micros);
      }
    }

    private static void failIf(boolean condition) {
      if (condition && FAILURES.decrementAndGet() >= 0) {
        throw new IllegalStateException("injected by the test");
      }
    }
  }
}
