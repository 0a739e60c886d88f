package io.weir.operators.source;

import io.weir.operators.intake.RawRecord;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one origin from front to back. Used by one thread. */
public interface Cursor extends Closeable {

  /** The answer of {@link #waitMillis()} at the end of the origin. */
  long FINISHED = -1;

  /**
   * The next record, or null where there is none now: {@link #waitMillis()} then says why. A call
   * does a bounded amount of work, since checkpoints wait for it.
   *
   * @throws IOException naming the origin and the place in it
   */
  @Nullable RawRecord next() throws IOException;

  /**
   * Asked after {@link #next()} returned null: the milliseconds until the next record is due, 0 if
   * the cursor is busy and wants to be called again, {@link #FINISHED} at the end.
   */
  default long waitMillis() {
    return FINISHED;
  }

  /** The place behind the record that was delivered last. */
  Position position();

  /** How much of {@link Origin#work()} is done. */
  long workDone();
}
