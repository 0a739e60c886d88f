package io.weir.operators.source.file;

/** Finds the line feed that ends a record, in bytes that arrive piece by piece. */
interface RecordEnds {

  /** Forgets what was seen: a new record begins. */
  void begin();

  /**
   * Looks on for the end.
   *
   * @param start where the record begins
   * @param from where the last call for this record ended; {@code start} the first time
   * @return the index of the line feed, or -1 if there is none before {@code to}
   */
  int find(byte[] bytes, int start, int from, int to);

  /** How many line feeds were passed by inside the record. */
  int linesInside();
}
