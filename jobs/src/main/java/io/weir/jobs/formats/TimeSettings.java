package io.weir.jobs.formats;

import io.weir.jobs.settings.Section;
import io.weir.operators.row.ColumnType;
import java.io.Serializable;

/**
 * Which column is the event time: {@code time: {field: ts, unit: ms}}.
 *
 * @param field a column of type time, or of type long with a unit other than iso
 * @param unit how the format writes it; Apache logs and Avro's timestamps have their own way and
 *     leave it at iso
 */
public record TimeSettings(String field, Unit unit) implements Serializable {

  /** How an instant is written. */
  public enum Unit {
    /** ISO 8601, such as 2015-05-17T10:05:03.123Z; without a zone it counts as UTC. */
    ISO(0, 1),
    /** Whole seconds since 1970. */
    S(1_000_000, 1),
    /** Whole milliseconds since 1970. */
    MS(1_000, 1),
    /** Whole microseconds since 1970. */
    US(1, 1),
    /** Whole nanoseconds since 1970; a row keeps microseconds of them. */
    NS(1, 1_000);

    private final long factor;
    private final long divisor;

    Unit(long factor, long divisor) {
      this.factor = factor;
      this.divisor = divisor;
    }

    /** Microseconds since 1970, or {@link Instants#INVALID} outside the years 1 to 9999. */
    long toMicros(long number) {
      long micros = Math.floorDiv(number, divisor) * factor;
      boolean overflow = factor > 1 && Math.abs(number) > Instants.MAX_MICROS / factor;
      return overflow || number == Long.MIN_VALUE ? Instants.INVALID : Instants.checked(micros);
    }
  }

  /**
   * Reads {@code field} (by default {@code time}, of spans {@code end}) and {@code unit} (iso);
   * other keys of the section are for others to ask for.
   *
   * @param time the settings' {@code time} section
   * @param format has the columns
   */
  public static TimeSettings read(Section time, FormatSettings format) {
    TimeSettings settings =
        new TimeSettings(
            time.text("field", format.defaultTime()), time.choice("unit", Unit.class, Unit.ISO));
    settings.check(time, format);
    return settings;
  }

  private void check(Section time, FormatSettings format) {
    int column = format.schema().indexOf(field);
    if (format.schema().size() == 0) {
      return; // Reported already, where the columns were read.
    }
    if (column < 0) {
      time.problem("field", "must be a column, not " + field + "; there are " + format.names());
      return;
    }
    ColumnType type = format.schema().type(column);
    if (type == ColumnType.LONG && unit == Unit.ISO) {
      time.problem("unit", "must be s, ms, us or ns, since " + field + " is declared as long");
    } else if (type != ColumnType.LONG && type != ColumnType.TIME) {
      time.problem(
          "field", "must be a column of type time or long, not " + DeclaredSchema.nameOf(type));
    }
    format.checkTime(this, time);
  }
}
