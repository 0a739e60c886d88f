package io.weir.jobs.monitoring;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.Cursor;
import io.weir.operators.source.Position;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads as another cursor does, but for what a subclass does otherwise. */
abstract class CursorAround implements Cursor {

  private final Cursor cursor;

  CursorAround(Cursor cursor) {
    this.cursor = cursor;
  }

  @Override
  public @Nullable RawRecord next() throws IOException {
    return cursor.next();
  }

  @Override
  public long waitMillis() {
    return cursor.waitMillis();
  }

  @Override
  public Position position() {
    return cursor.position();
  }

  @Override
  public long workDone() {
    return cursor.workDone();
  }

  @Override
  public void close() throws IOException {
    cursor.close();
  }
}
