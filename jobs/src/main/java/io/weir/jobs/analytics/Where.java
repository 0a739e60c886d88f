package io.weir.jobs.analytics;

import io.weir.jobs.expressions.RowPredicate;
import io.weir.operators.row.Row;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;

/** Lets the rows through that {@code where} is true for; counts the others as {@code dropped}. */
final class Where extends RichFilterFunction<Row> {

  private static final long serialVersionUID = 1;

  private final RowPredicate predicate;
  private transient Counter dropped = new SimpleCounter();

  Where(RowPredicate predicate) {
    this.predicate = predicate;
  }

  @Override
  public void open(OpenContext context) {
    dropped = getRuntimeContext().getMetricGroup().counter("dropped");
  }

  @Override
  public boolean filter(Row row) {
    boolean counts = predicate.test(row);
    if (!counts) {
      dropped.inc();
    }
    return counts;
  }
}
