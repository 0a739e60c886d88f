package io.weir.jobs.recommendation;

import io.weir.jobs.settings.Section;
import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Schema;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which columns are what: {@code fields: {user: userId, item: movieId, weight: rating, time:
 * timestamp}}; {@code action} in the place of {@code weight}.
 *
 * @param value the weight, or the action
 * @param byAction whether it is the action
 */
record ActionFields(String user, String item, String value, boolean byAction, String time)
    implements Serializable {

  private static final String WEIGHT = "weight";
  private static final String ACTION = "action";

  static ActionFields read(Section job) {
    Section fields = job.section("fields");
    boolean byAction = fields.has(ACTION);
    if (byAction && fields.has(WEIGHT)) {
      fields.problem(ACTION, "must not stand beside weight: an action has its weight by the rules");
    }
    ActionFields read =
        new ActionFields(
            fields.text("user"),
            fields.text("item"),
            fields.text(byAction ? ACTION : WEIGHT),
            byAction,
            fields.text("time", "time"));
    fields.know(WEIGHT, ACTION);
    fields.done();
    read.assume(job);
    return read;
  }

  /** What the settings need not say: where the time is, and the types of columns. */
  private void assume(Section job) {
    Section timing = job.sectionOrEmpty("time");
    timing.assume("field", time);
    boolean number = timing.has("unit") && !timing.text("unit").equals("iso");
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put(user, "long");
    columns.put(item, "long");
    columns.put(value, byAction ? "string" : "double");
    columns.put(time, number ? "long" : "time");
    job.assume("schema", columns);
  }

  /** Reports columns that are missing or of the wrong type. */
  void check(Section job, Schema input) {
    if (input.size() == 0) {
      return; // Reported already.
    }
    Section fields = job.section("fields");
    check(fields, "user", user, input, List.of(ColumnType.LONG, ColumnType.STRING));
    check(fields, "item", item, input, List.of(ColumnType.LONG));
    if (byAction) {
      check(fields, ACTION, value, input, List.of(ColumnType.STRING));
    } else {
      check(fields, WEIGHT, value, input, List.of(ColumnType.LONG, ColumnType.DOUBLE));
    }
  }

  private static void check(
      Section fields, String key, String column, Schema input, List<ColumnType> allowed) {
    int index = input.indexOf(column);
    if (index < 0) {
      fields.problem(key, "there is no column " + column + "; there are " + input.names());
    } else if (!allowed.contains(input.type(index))) {
      fields.problem(
          key,
          "must be a column of type %s, but %s is %s"
              .formatted(
                  String.join(" or ", allowed.stream().map(ActionFields::name).toList()),
                  column,
                  name(input.type(index))));
    }
  }

  private static String name(ColumnType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /** The columns that the job reads, in the order of {@link ActionReader}. */
  Schema columns(Schema input) {
    if (List.of(user, item, value).stream().anyMatch(name -> input.indexOf(name) < 0)) {
      return input; // Reported already.
    }
    return Schema.of(column(input, user), column(input, item), column(input, value));
  }

  private static Column column(Schema input, String name) {
    return input.column(input.requireIndexOf(name));
  }
}
