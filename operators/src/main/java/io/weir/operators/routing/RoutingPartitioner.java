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

  private transient Reign reign;
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
    chosen = reign.selector().choose(turns);
    taken = 0;
  }

  @Override
  protected void begin() {
    reign = new Reign(new Unsteered(route()), new long[numberOfChannels]);
    turns = new char[TURNS];
    chosen = 0;
    taken = 0;
  }

  /** Gives back to the present selector what it has chosen for records that have not come. */
  void takeBack() {
    reign.selector().takeBack(turns, taken, chosen);
    chosen = 0;
    taken = 0;
  }

  @Override
  public long[] records() {
    long[] records = reign.records();
    for (int turn = taken; turn < chosen; turn++) {
      records[turns[turn]]--;
    }
    return records;
  }

  /** From the next record on; what the present selector has chosen too many is taken back. */
  void use(Selector next) {
    reign = new Reign(next, reign.records());
  }

  /**
   * A selector that chooses.
   *
   * @param before records that went over each channel before its time
   */
  private record Reign(Selector selector, long[] before) {

    /** Those, and what it has chosen. */
    private long[] records() {
      long[] records = before.clone();
      selector.count(records);
      return records;
    }
  }

  /** Until the operator of the route is open; for ever, if that is not of the same task. */
  private static final class Unsteered extends Selector {
    private final String route;

    private Unsteered(String route) {
      this.route = route;
    }

    @Override
    public int choose(char[] turns) {
      throw new IllegalStateException(
          "no operator steers route " + route + "; is the chaining of its senders disabled?");
    }

    @Override
    public void takeBack(char[] turns, int from, int until) {}

    @Override
    public void count(long[] counts) {}
  }
}
