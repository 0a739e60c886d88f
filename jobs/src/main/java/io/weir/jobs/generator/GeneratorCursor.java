package io.weir.jobs.generator;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.Cursor;
import io.weir.operators.source.Position;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes the events of one lane. A record's position is the event's index. The start of the stream
 * is part of the cursor's position, so that the times go on as before where a job starts anew from
 * a savepoint.
 */
final class GeneratorCursor implements Cursor {

  private final String origin;
  private final Account account;
  private final EventMaker maker;
  private final long startMillis;
  private final int lane;
  private final int lanes;
  private final long count;
  private final boolean paced;
  private final InstantSource clock;
  private long made;
  private long nowMillis = Long.MIN_VALUE;

  GeneratorCursor(
      String origin,
      GeneratorSettings settings,
      int lane,
      int lanes,
      long count,
      long made,
      InstantSource clock) {
    this.origin = origin;
    account = new Account(settings);
    maker = new EventMaker(settings);
    startMillis = settings.timeline().startMillis();
    this.lane = lane;
    this.lanes = lanes;
    this.count = count;
    paced = settings.pace() == GeneratorSettings.Pace.REAL_TIME;
    this.clock = clock;
    this.made = made;
  }

  @Override
  public @Nullable RawRecord next() {
    long index = lane + made * lanes;
    if (made == count || (paced && millisUntil(index) > 0)) {
      return null;
    }
    made++;
    return RawRecord.data(origin, index, maker.make(index));
  }

  /** The wall clock is looked at only where the last look does not settle it. */
  private long millisUntil(long index) {
    long arrival = account.arrivalMillis(index);
    if (arrival > nowMillis) {
      nowMillis = clock.millis();
    }
    return arrival - nowMillis;
  }

  @Override
  public long waitMillis() {
    return made == count ? FINISHED : Math.max(0, millisUntil(lane + made * lanes));
  }

  @Override
  public Position position() {
    return new Position(startMillis, 0, made);
  }

  @Override
  public long workDone() {
    return made;
  }

  @Override
  public void close() {}
}
