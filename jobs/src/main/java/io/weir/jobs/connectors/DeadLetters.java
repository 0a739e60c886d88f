package io.weir.jobs.connectors;

import io.weir.operators.intake.DeadLetter;
import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import io.weir.operators.row.Schema;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps refused records: as rows in a sink like any other, with the same guarantees. A record is
 * the text of its bytes where they are UTF-8 without U+0000, else base64; one of the two columns is
 * null. One that its sink could not take in one row becomes several, each with a part of the bytes
 * that its detail tells. Counted as {@code deadLetters.<reason>}.
 */
public final class DeadLetters {

  /** One row for each refused record and reason. */
  public static final Table TABLE =
      new Table(
          "dead_letters",
          Schema.of(
              new Column("reason", ColumnType.STRING),
              new Column("detail", ColumnType.STRING),
              new Column("origin", ColumnType.STRING),
              new Column("position", ColumnType.LONG),
              new Column("text", ColumnType.STRING),
              new Column("base64", ColumnType.STRING)),
          List.of("origin", "position", "reason"));

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  private DeadLetters() {}

  /**
   * Sends dead letters to a sink.
   *
   * @param sink null: they are counted and dropped
   * @param uid names the sink's operators and their state
   */
  public static void attach(
      DataStream<DeadLetter> letters, @Nullable SinkSettings sink, String uid) {
    DataStream<Row> rows =
        letters
            .flatMap(new DeadLetterRows(sink == null ? Integer.MAX_VALUE : sink.mostRowBytes()))
            .returns(new RowTypeInfo(TABLE.schema()))
            .uid(uid + "-rows")
            .name(uid + "-rows");
    if (sink == null) {
      LOG.warn("no dead-letters: in the settings: refused records are counted and then dropped");
      rows.sinkTo(new DiscardingSink<>()).uid(uid).name(uid);
    } else {
      Sinks.attach(rows, TABLE, sink, uid);
    }
  }
}
