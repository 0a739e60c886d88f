package io.weir.operators.routing;

import io.weir.operators.routing.output.RoutePartitioner;
import io.weir.operators.routing.select.Selector;
import org.apache.flink.runtime.plugable.SerializationDelegate;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Sends each record where the selector of its task says. */
// Flink calls setup before anything else.
@SuppressWarnings("NullAway.Init")
final class RoutingPartitioner<T> extends RoutePartitioner<T> {

  private static final long serialVersionUID = 1;

  /** How many records are chosen for at once, where the strategy allows it. */
  private static final int TURNS = 64;

  private transient Selector selector;
  private transient char[] turns;
  private transient int chosen;
  private transient int taken;

  RoutingPartitioner(String route) {
    super(route);
  }

  @Override
  public int selectChannel(SerializationDelegate<StreamRecord<T>> record) {
    if (taken == chosen) {
      choose();
    }
    return turns[taken++];
  }

  private void choose() {
    count(turns, taken);
    chosen = selector.choose(turns);
    taken = 0;
  }

  @Override
  protected void begin() {
    selector = new Unsteered(route());
    turns = new char[TURNS];
    chosen = 0;
    taken = 0;
  }

  /** Gives back to the present selector what it has chosen for records that have not come. */
  void takeBack() {
    count(turns, taken);
    selector.takeBack(chosen - taken);
    chosen = 0;
    taken = 0;
  }

  @Override
  public long records(int channel) {
    long records = super.records(channel);
    for (int i = 0; i < taken; i++) {
      records += turns[i] == channel ? 1 : 0;
    }
    return records;
  }

  /** From the next record on. */
  void use(Selector next) {
    selector = next;
  }

  /** Until the operator of the route is open; for ever, if that is not of the same task. */
  private static final class Unsteered extends Selector {
    private final String route;

    private Unsteered(String route) {
      this.route = route;
    }

    @Override
    public int next() {
      throw new IllegalStateException(
          "no operator steers route " + route + "; is the chaining of its senders disabled?");
    }
  }
}
