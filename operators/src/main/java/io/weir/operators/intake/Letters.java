package io.weir.operators.intake;

import io.weir.operators.intake.DeadLetter.Reason;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes one dead letter of those values of a record that are refused together and for one reason.
 * Each letter holds the whole record: with one for each value, a record of n values would become n
 * times as many bytes.
 */
final class Letters {

  private final Gate.Out<?> out;
  private Reason reason = Reason.LATE;
  private @Nullable RawRecord record;
  private String detail = "";
  private int values;

  Letters(Gate.Out<?> out) {
    this.out = out;
  }

  /**
   * Refuses a value; those of another record, or for another reason, go out.
   *
   * @param why what was wrong with it, in words; asked of the first value only
   */
  @SuppressWarnings("ReferenceEquality") // the same record, not an equal one
  void refuse(Reason itsReason, RawRecord itsRecord, Supplier<String> why) {
    if (record != itsRecord || reason != itsReason) {
      send();
      reason = itsReason;
      record = itsRecord;
      detail = why.get();
    }
    values++;
  }

  /** Hands out what was refused, if anything was. */
  void send() {
    RawRecord refused = record;
    if (refused != null) {
      int lost = values;
      record = null;
      values = 0;
      String words = lost == 1 ? detail : "%d values, the first: %s".formatted(lost, detail);
      out.refused(DeadLetter.of(reason, words, refused), lost);
    }
  }
}
