package io.weir.operators.intake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The values of one record, kept until it is known that the whole record is sound. */
final class DecodedValues<T> implements Decoder.Values<T> {

  private final List<T> values = new ArrayList<>();
  private long[] times = new long[1];

  @Override
  public void add(T value, long timeMillis) {
    if (values.size() == times.length) {
      times = Arrays.copyOf(times, 2 * times.length);
    }
    times[values.size()] = timeMillis;
    values.add(value);
  }

  /** Replaces what is here by the values of a record. */
  void read(RawRecord record, Decoder<T> decoder) throws BrokenRecordException {
    values.clear();
    decoder.decode(record, this);
  }

  int size() {
    return values.size();
  }

  T value(int index) {
    return values.get(index);
  }

  long time(int index) {
    return times[index];
  }
}
