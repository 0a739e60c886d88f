package io.weir.benchmarks.profiles;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** A number in keyed state, read and written for every record. */
final class Sums extends KeyedProcessFunction<Long, Tuple2<Long, Long>, Tuple2<Long, Long>> {

  private static final long serialVersionUID = 1;

  private transient ValueState<Long> sum;

  @Override
  public void open(OpenContext context) {
    sum = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", Types.LONG));
  }

  @Override
  public void processElement(
      Tuple2<Long, Long> record, Context context, Collector<Tuple2<Long, Long>> out)
      throws Exception {
    Long before = sum.value();
    sum.update((before == null ? 0 : before) + record.f0);
    out.collect(record);
  }
}
