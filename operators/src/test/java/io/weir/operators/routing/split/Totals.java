package io.weir.operators.routing.split;

import org.apache.flink.api.common.functions.AggregateFunction;

/** How many numbers there were, and their sum. */
public record Totals(long count, long sum) {

  Totals plus(Totals other) {
    return new Totals(count + other.count, sum + other.sum);
  }

  /** Of numbers. */
  static final class Function implements AggregateFunction<Long, Totals, Totals> {
    private static final long serialVersionUID = 1;

    @Override
    public Totals createAccumulator() {
      return new Totals(0, 0);
    }

    @Override
    public Totals add(Long number, Totals totals) {
      return totals.plus(new Totals(1, number));
    }

    @Override
    public Totals getResult(Totals totals) {
      return totals;
    }

    @Override
    public Totals merge(Totals one, Totals other) {
      return one.plus(other);
    }
  }
}
