package io.weir.jobs.anomaly;

/**
 * A row of a series, or its end.
 *
 * @param file the file's path below the folder that is read, and below the one that is written
 * @param line the row as it stands in the file; empty at the end
 * @param value NaN where the row has none, and at the end
 * @param end whether the file has been read to its end
 */
public record SeriesRow(String file, byte[] line, double value, boolean end) {

  private static final byte[] NOTHING = {};

  static SeriesRow end(String file) {
    return new SeriesRow(file, NOTHING, Double.NaN, true);
  }
}
