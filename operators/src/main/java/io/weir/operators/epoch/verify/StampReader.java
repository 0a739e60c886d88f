package io.weir.operators.epoch.verify;

/** Reads the same stamps as often as it is asked to, in the same order. */
@FunctionalInterface
public interface StampReader {

  /** Takes one stamp after the other. */
  @FunctionalInterface
  interface Visitor {
    void visit(Sighting sighting) throws NoVerdictException;
  }

  /**
   * Reads all stamps.
   *
   * @throws NoVerdictException if one cannot be read
   */
  void read(Visitor visitor) throws NoVerdictException;
}
