package io.weir.operators.epoch.stamp;

/** Takes the stamps of one subtask. For the task's thread only. */
@FunctionalInterface
public interface Stamps {

  /** Where nothing can be told apart: the configuration never changes. */
  Stamps NONE = (record, version) -> {};

  /**
   * Notes that a record is being processed.
   *
   * @param record as in {@link Stamp#record()}
   * @param version the one that the record is processed under: as it was handed over
   */
  void stamp(String record, long version);
}
