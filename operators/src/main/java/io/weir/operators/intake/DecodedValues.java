package io.weir.operators.intake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The values of one record, kept until it is known that the whole record is sound. */
final class DecodedValues<T> implements Decoder.Values<T> {

  private final List<T> values = new ArrayList<>();
  private long[] times = new long[1];
  private int brokenParts;
  private String firstBroken = "";

  @Override
  public void add(T value, long timeMillis) {
    if (values.size() == times.length) {
      times = Arrays.copyOf(times, 2 * times.length);
    }
    times[values.size()] = timeMillis;
    values.add(value);
  }

  @Override
  public void broken(String detail) {
    firstBroken = brokenParts == 0 ? detail : firstBroken;
    brokenParts++;
  }

  /** Replaces what is here by the values of a record. */
  void read(RawRecord record, Decoder<T> decoder) throws BrokenRecordException {
    clear();
    decoder.decode(record, this);
  }

  void clear() {
    values.clear();
    brokenParts = 0;
  }

  boolean hasBrokenParts() {
    return brokenParts > 0;
  }

  /** What was wrong, in words. */
  String brokenParts() {
    return values.isEmpty() && brokenParts == 1
        ? firstBroken
        : "%d of %d values: %s".formatted(brokenParts, values.size() + brokenParts, firstBroken);
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
