package io.weir.jobs.monitoring;

import io.weir.operators.epoch.stamp.Stamp;
import io.weir.operators.intake.DeadLetter;
import io.weir.operators.row.Row;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What comes of a table besides its rows.
 *
 * @param alerts on its series
 * @param deadLetters what was too late for it
 * @param stamps of all that was summed up and judged
 */
record Measured(
    DataStream<Row> alerts, DataStream<DeadLetter> deadLetters, DataStream<Stamp> stamps) {}
