package io.weir.operators.routing;

import io.weir.operators.routing.output.RoutePartitioner;
import io.weir.operators.routing.select.Selector;
import org.apache.flink.runtime.plugable.SerializationDelegate;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Sends each record where the selector of its task says. */
// Its operator gives it a selector before the first record.
@SuppressWarnings("NullAway.Init")
final class RoutingPartitioner<T> extends RoutePartitioner<T> {

  private static final long serialVersionUID = 1;

  private transient Selector selector;

  RoutingPartitioner(String route) {
    super(route);
  }

  @Override
  public int selectChannel(SerializationDelegate<StreamRecord<T>> record) {
    return counted(selector.next());
  }

  void use(Selector next) {
    selector = next;
  }
}
