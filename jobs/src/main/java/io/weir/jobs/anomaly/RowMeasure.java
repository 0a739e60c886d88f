package io.weir.jobs.anomaly;

import io.weir.operators.anomaly.Measure;

/** Takes values from rows, and adds scores to them. */
final class RowMeasure implements Measure<SeriesRow, ScoredRow> {

  private static final long serialVersionUID = 1;

  @Override
  public double value(SeriesRow row) {
    return row.value();
  }

  @Override
  public ScoredRow scored(SeriesRow row, double score) {
    return new ScoredRow(row.file(), row.line(), score, row.end());
  }

  @Override
  public boolean isLast(SeriesRow row) {
    return row.end();
  }
}
