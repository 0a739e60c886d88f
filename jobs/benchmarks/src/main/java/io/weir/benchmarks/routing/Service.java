package io.weir.benchmarks.routing;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** A receiver that waits for the service time of each record, at the rate that the board says. */
final class Service<T> extends ProcessFunction<T, Long> {

  private static final long serialVersionUID = 1;

  private final Pause pause = new Pause();

  @Override
  public void processElement(
      T record, ProcessFunction<T, Long>.Context context, Collector<Long> out) {
    int receiver = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    pause.await(Board.rate(receiver));
    Board.served(receiver, 1);
  }
}
