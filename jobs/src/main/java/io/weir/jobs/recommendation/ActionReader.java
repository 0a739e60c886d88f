package io.weir.jobs.recommendation;

import io.weir.jobs.encoding.JsonRowEncoder;
import io.weir.operators.intake.DeadLetter;
import io.weir.operators.recommendation.RecommendationRules;
import io.weir.operators.recommendation.message.Action;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Makes actions of rows. What lacks a user, an item or a weight, or has a weight that is no number
 * from 1/2 to {@link RecommendationRules#MAX_WEIGHT} when it is scaled, becomes a dead letter.
 */
final class ActionReader extends ProcessFunction<Row, Action> {

  static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("no-actions") {};

  private static final long serialVersionUID = 1;
  private static final int USER = 0;
  private static final int ITEM = 1;
  private static final int VALUE = 2;

  private final Schema columns;
  private final boolean byAction;
  private final int scale;
  private final int record;

  /**
   * Names the columns.
   *
   * @param columns user, item and value, and perhaps the record's name
   * @param byAction whether the value is an action
   * @param scale what weights are multiplied by to be whole numbers
   */
  ActionReader(Schema columns, boolean byAction, int scale) {
    this.columns = columns;
    this.byAction = byAction;
    this.scale = scale;
    record = columns.record();
  }

  @Override
  public void processElement(Row row, Context context, Collector<Action> out) {
    String mistake = mistake(row);
    if (!mistake.isEmpty()) {
      refuse(row, mistake, context);
      return;
    }
    long time = context.timestamp();
    String name = record < 0 ? "" : row.textAt(record);
    out.collect(
        byAction
            ? new Action(user(row), row.longAt(ITEM), row.textAt(VALUE), 0, time, name)
            : new Action(user(row), row.longAt(ITEM), "", (int) weight(row), time, name));
  }

  private String mistake(Row row) {
    for (int column = USER; column <= VALUE; column++) {
      if (row.isNull(column)) {
        return columns.column(column).name() + " is missing";
      }
    }
    if (byAction) {
      return row.textAt(VALUE).isEmpty() ? "the action is empty" : "";
    }
    long weight = weight(row);
    return weight >= 1 && weight <= RecommendationRules.MAX_WEIGHT
        ? ""
        : "%s is %s; times weight-scale %d it must be from 1/2 to %d"
            .formatted(
                columns.column(VALUE).name(), number(row), scale, RecommendationRules.MAX_WEIGHT);
  }

  private double number(Row row) {
    return columns.type(VALUE) == ColumnType.LONG ? row.longAt(VALUE) : row.doubleAt(VALUE);
  }

  private long weight(Row row) {
    return Math.round(number(row) * scale);
  }

  private String user(Row row) {
    return columns.type(USER) == ColumnType.LONG
        ? Long.toString(row.longAt(USER))
        : row.textAt(USER);
  }

  private void refuse(Row row, String mistake, Context context) {
    byte[] json = json(row);
    // Where the record stood is not known here. A user acts more than once in a moment, so only all
    // of the row tells letters apart; it may be long, and sinks bound what they take.
    context.output(
        DEAD_LETTERS,
        new DeadLetter(
            DeadLetter.Reason.BROKEN.label(),
            mistake,
            "action " + UUID.nameUUIDFromBytes(json),
            context.timestamp(),
            json));
  }

  private byte[] json(Row row) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try {
      new JsonRowEncoder(columns).encode(row, json);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes everything", e);
    }
    return json.toByteArray();
  }
}
