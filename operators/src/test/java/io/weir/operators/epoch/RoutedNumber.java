package io.weir.operators.epoch;

/** A number on its way to the subtask that a version chose for it. */
public final class RoutedNumber {

  public long id;

  /** The version that the partitioner was under. */
  public long routed;

  public RoutedNumber() {}

  RoutedNumber(long id) {
    this.id = id;
  }

  String record() {
    return Long.toString(id);
  }
}
