package io.weir.operators.window;

import io.weir.operators.epoch.stamp.Stamp;
import io.weir.operators.intake.DeadLetter;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The results of windows.
 *
 * @param rows one for each window and group that has rows; its timestamp is the window's last
 *     millisecond
 * @param deadLetters rows that came when all their windows were closed, summed up
 * @param stamps of rows and partial results, where rows have the column {@link Schema#RECORD}
 * @param schema the columns of the rows
 */
public record WindowedRows(
    DataStream<Row> rows,
    DataStream<DeadLetter> deadLetters,
    DataStream<Stamp> stamps,
    Schema schema) {}
