package io.weir.jobs.formats;

/** How a file is cut into the records that a decoder takes. */
public enum Framing {
  /**
   * A record a line, without its end, which is {@code \n} or {@code \r\n} and may be missing after
   * the last line. Empty lines are no records.
   */
  LINES,
  /**
   * As {@link #LINES}, but a line end between quotes belongs to the record, and the first record of
   * each file is no data where {@link CsvSettings#header()} says so; {@link
   * FormatSettings#csvHeader()} must then accept it.
   */
  CSV,
  /** Avro object container files, whose records are their data, each as it is encoded. */
  AVRO,
  /** Each record behind its length in bytes, a number of 32 bits without sign, big-endian. */
  LENGTHS
}
