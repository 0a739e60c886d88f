package io.weir.operators.routing.split;

import io.weir.operators.routing.output.RoutePartitioner;
import io.weir.operators.routing.select.TwoChoices;
import org.apache.flink.runtime.plugable.SerializationDelegate;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/** Sends each record to one of the receivers of its key: to the only one, or to one of two. */
// Flink calls setup before anything else.
@SuppressWarnings("NullAway.Init")
final class SplitPartitioner<T> extends RoutePartitioner<T> {

  private static final long serialVersionUID = 1;

  private final KeyHash<T> key;
  private transient @Nullable KeySplit configuration;
  private transient @Nullable TwoChoices choices;
  private transient long splitsBefore;
  private transient long[] records;

  SplitPartitioner(String route, KeyHash<T> key) {
    super(route);
    this.key = key;
  }

  @Override
  protected void begin() {
    records = new long[numberOfChannels];
  }

  @Override
  public int selectChannel(SerializationDelegate<StreamRecord<T>> record) {
    int hash = hashOf(record.getInstance().getValue());
    TwoChoices present = choices;
    int channel = present == null ? TwoChoices.first(hash, numberOfChannels) : present.next(hash);
    records[channel]++;
    return channel;
  }

  private int hashOf(T value) {
    try {
      return key.of(value);
    } catch (Exception e) {
      throw new FlinkRuntimeException("no key can be taken from " + value, e);
    }
  }

  /** From the next record on. A new version of the configuration may say the same again. */
  void use(KeySplit next) {
    if (next.equals(configuration)) {
      return;
    }
    configuration = next;
    splitsBefore = splits();
    choices = next.split() ? new TwoChoices(numberOfChannels) : null;
  }

  @Override
  public long[] records() {
    return records.clone();
  }

  /** Records that did not go to their key's first receiver. */
  long splits() {
    TwoChoices present = choices;
    return splitsBefore + (present == null ? 0 : present.splits());
  }
}
