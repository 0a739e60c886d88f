package io.weir.benchmarks.switching;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/** The same two operators, which learn versions by broadcast state, as Flink's users do. */
final class BroadcastJob {

  private static final MapStateDescriptor<String, Long> VERSION =
      new MapStateDescriptor<>("version", Types.STRING, Types.LONG);

  private BroadcastJob() {}

  // As the source is.
  @SuppressWarnings("deprecation")
  static void define(StreamExecutionEnvironment env, Pause pause) {
    DataStream<Long> numbers = Numbers.into(env);
    BroadcastStream<Long> versions =
        env.addSource(new Announcements(), "versions", Types.LONG)
            .uid("versions")
            .broadcast(VERSION);
    numbers
        .connect(versions)
        .process(new Stage(Counting.first()))
        .uid("first")
        .rebalance()
        .connect(versions)
        .process(new Stage(Counting.second(pause)))
        .uid("second")
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
  }

  private static final class Stage extends BroadcastProcessFunction<Long, Long, Long> {

    private static final long serialVersionUID = 1;

    private final Counting counting;
    private transient long version;

    Stage(Counting counting) {
      this.counting = counting;
    }

    @Override
    public void open(OpenContext context) {
      Board.under(0);
    }

    @Override
    public void processElement(Long record, ReadOnlyContext context, Collector<Long> out) {
      out.collect(counting.apply(record, version));
    }

    @Override
    public void processBroadcastElement(Long announced, Context context, Collector<Long> out)
        throws Exception {
      context.getBroadcastState(VERSION).put("version", announced);
      version = announced;
      Board.under(announced);
    }
  }
}
