package io.weir.operators.source.ordered;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.Cursor;
import io.weir.operators.source.Origin;
import io.weir.operators.source.Position;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * First reads and sorts, a piece a call so that checkpoints are not held up, then delivers. Its
 * position counts the records that were delivered.
 */
final class OrderedCursor implements Cursor {

  private static final int RECORDS_PER_STEP = 1000;

  private final OrderedOrigins ordered;
  private final Sorter sorter;
  private final long skip;

  private int nextOrigin;
  private @Nullable Cursor reading;
  private long workOfRead;
  private long positionsBefore;
  private long count;
  private long delivered;
  private boolean ended;

  OrderedCursor(OrderedOrigins ordered, Sorter sorter, long skip) {
    this.ordered = ordered;
    this.sorter = sorter;
    this.skip = skip;
  }

  @Override
  public @Nullable RawRecord next() throws IOException {
    if (!sorter.isFinished()) {
      sortSome();
      return null;
    }
    if (delivered < skip) {
      skipSome();
      return null;
    }
    Entry entry = sorter.next();
    if (entry == null) {
      ended = true;
      return null;
    }
    delivered++;
    return entry.record();
  }

  private void sortSome() throws IOException {
    if (sorter.mergeSome()) {
      return;
    }
    if (reading != null) {
      readSome(reading);
    } else if (nextOrigin < ordered.origins().size()) {
      reading = ordered.reader().open(ordered.origins().get(nextOrigin), Position.START);
      nextOrigin++;
    } else {
      sorter.finish();
    }
  }

  private void readSome(Cursor cursor) throws IOException {
    for (int i = 0; i < RECORDS_PER_STEP; i++) {
      RawRecord record = cursor.next();
      if (record == null) {
        endOfOrigin(cursor);
        return;
      }
      add(record);
    }
  }

  private void add(RawRecord record) throws IOException {
    RawRecord renamed =
        new RawRecord(
            record.mark(),
            ordered.name(),
            positionsBefore + record.position(),
            record.bytes(),
            null);
    boolean whole = record.mark() == RawRecord.Mark.DATA;
    sorter.add(new Entry(whole ? ordered.key().keyOf(record.bytes()) : null, count, renamed));
    count++;
  }

  private void endOfOrigin(Cursor cursor) throws IOException {
    if (cursor.waitMillis() != FINISHED) {
      return;
    }
    Origin origin = ordered.origins().get(nextOrigin - 1);
    workOfRead += origin.work();
    positionsBefore += cursor.position().number();
    reading = null;
    cursor.close();
  }

  private void skipSome() throws IOException {
    for (int i = 0; i < RECORDS_PER_STEP && delivered < skip; i++) {
      if (sorter.next() == null) {
        throw new IOException(
            "cannot go on with the sorted "
                + ordered.name()
                + ": it holds "
                + delivered
                + " records now, fewer than were read before");
      }
      delivered++;
    }
  }

  @Override
  public long waitMillis() {
    return ended ? FINISHED : 0;
  }

  @Override
  public Position position() {
    long until = Math.max(skip, delivered);
    return new Position(ordered.fingerprint(), until, until);
  }

  @Override
  public long workDone() {
    long read = workOfRead + (reading == null ? 0 : reading.workDone());
    double share = count == 0 ? 1 : (double) delivered / count;
    return read + (sorter.isFinished() ? (long) (share * ordered.inputWork()) : 0);
  }

  @Override
  public void close() throws IOException {
    try (sorter) {
      if (reading != null) {
        reading.close();
      }
    }
  }
}
