package io.weir.operators.trace.link;

import io.weir.operators.row.Row;
import io.weir.operators.trace.SeenSpan;
import io.weir.operators.trace.TraceId;
import io.weir.operators.trace.TraceIdSerializer;
import io.weir.operators.trace.WaitingSpan;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** Remembers spans as builds did that had no value for a trace, but an entry for each span. */
final class OlderTraces extends AbstractStreamOperator<Row>
    implements OneInputStreamOperator<Row, Row> {

  private static final long serialVersionUID = 1;

  private final SpanShape shape;

  private OlderTraces(SpanShape shape) {
    this.shape = shape;
  }

  static KeyedOneInputStreamOperatorTestHarness<TraceId, Row, Row> harness(SpanShape shape)
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new OlderTraces(shape), shape::traceId, TraceIdSerializer.TYPE);
  }

  @Override
  public void processElement(StreamRecord<Row> element) throws Exception {
    Row span = element.getValue();
    long time = element.getTimestamp();
    map("seen", TypeInformation.of(SeenSpan.class))
        .put(shape.spanId(span), new SeenSpan(shape.service(span), time));
    if (shape.hasParent(span)) {
      map("waiting", Types.LIST(TypeInformation.of(WaitingSpan.class)))
          .put(shape.parentSpanId(span), new ArrayList<>(List.of(shape.waiting(span, time))));
    }
  }

  private <V> MapState<Long, V> map(String name, TypeInformation<V> type) {
    return getRuntimeContext().getMapState(new MapStateDescriptor<>(name, Types.LONG, type));
  }
}
