package io.weir.operators.intake;

import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What a source delivers: one record as bytes, or a mark about the life of an origin.
 *
 * @param mark {@link Mark#DATA} for a record; the marks travel in the stream so that the gate hears
 *     of an origin before its first record
 * @param origin where the record stands: {@code topic-partition} or a file's path; one origin is
 *     read by one subtask at a time, in order
 * @param position the record's place within its origin: a Kafka offset, the number of a line from
 *     1, an event's index
 * @param bytes the record without any terminator, not modified by anybody; empty for marks
 * @param clock the origin's clock, with {@link Mark#ASSIGNED} only; it is handed over within a
 *     chain of operators and does not travel between tasks
 */
@TypeInfo(RawRecordTypeInfo.Factory.class)
public record RawRecord(
    Mark mark, String origin, long position, byte[] bytes, @Nullable OriginClock clock) {

  /** What a {@link RawRecord} says. */
  public enum Mark {
    /** A record. */
    DATA,
    /** This subtask is going to read the origin: its clock counts from here on. */
    ASSIGNED,
    /** The origin has been read to its end: its clock counts no more. */
    FINISHED,
    /** The beginning of a record that is longer than the source delivers. */
    OVERSIZED
  }

  private static final byte[] NOTHING = {};

  public static RawRecord data(String origin, long position, byte[] bytes) {
    return new RawRecord(Mark.DATA, origin, position, bytes, null);
  }

  public static RawRecord oversized(String origin, long position, byte[] firstBytes) {
    return new RawRecord(Mark.OVERSIZED, origin, position, firstBytes, null);
  }

  public static RawRecord assigned(OriginClock clock) {
    return new RawRecord(Mark.ASSIGNED, clock.origin(), -1, NOTHING, clock);
  }

  public static RawRecord finished(String origin) {
    return new RawRecord(Mark.FINISHED, origin, -1, NOTHING, null);
  }
}
