/**
 * The job that scores recorded series: a folder of CSV files with the columns {@code
 * timestamp,value} becomes another with the same files and a third column, {@code anomaly_score}.
 * Each file is one series, read by one subtask, scored by a key of {@link
 * io.weir.operators.anomaly.AnomalyFunction} and written by one subtask, so its rows stay in order
 * whatever the parallelism.
 */
@NullMarked
package io.weir.jobs.anomaly;

import org.jspecify.annotations.NullMarked;
