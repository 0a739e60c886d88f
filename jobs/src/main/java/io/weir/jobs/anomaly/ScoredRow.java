package io.weir.jobs.anomaly;

/**
 * A row that was judged, or the end of a series.
 *
 * @param file as in {@link SeriesRow#file()}
 * @param line as in {@link SeriesRow#line()}
 * @param score from 0 to below 1
 * @param end as in {@link SeriesRow#end()}
 */
public record ScoredRow(String file, byte[] line, double score, boolean end) {}
