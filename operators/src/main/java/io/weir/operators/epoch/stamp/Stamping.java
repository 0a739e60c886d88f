package io.weir.operators.epoch.stamp;

/** A configured function or operator that stamps the records that it processes. */
public interface Stamping {

  /**
   * Hands over where stamps go: once, in the task's thread, before the first record. In a job whose
   * configuration never changes they go nowhere.
   */
  void stampWith(Stamps stamps);
}
