package io.weir.operators.intake;

/**
 * A record that was refused, with all that is needed to find, judge and replay it.
 *
 * @param reason a {@link Reason}'s name in lower case
 * @param detail what exactly was wrong, in words
 * @param origin as in {@link RawRecord#origin()}
 * @param position as in {@link RawRecord#position()}
 * @param bytes the record as it was read
 */
public record DeadLetter(String reason, String detail, String origin, long position, byte[] bytes) {

  /** Why a record was refused. */
  public enum Reason {
    /** Not what the format demands. */
    BROKEN,
    /** Older than the lateness allows. */
    LATE,
    /** A clock far ahead of its stream's. */
    AHEAD;

    /** The name as it stands in dead letters and metrics. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public static DeadLetter of(Reason reason, String detail, RawRecord record) {
    return new DeadLetter(
        reason.label(), detail, record.origin(), record.position(), record.bytes());
  }
}
