package io.weir.jobs.input;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.Cursor;
import io.weir.operators.source.Origin;
import io.weir.operators.source.Origins;
import io.weir.operators.source.Position;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Origins whose records come when a test lets them.
 *
 * @param origins the real ones
 * @param hold says when they stop
 */
public record HeldOrigins(Origins origins, Hold hold) implements Origins {

  private static final long serialVersionUID = 1;

  /** Whether an origin stops, for now. */
  public interface Hold extends Serializable {

    /**
     * Is asked before each record.
     *
     * @param records that were read of the origin
     */
    boolean stops(String origin, long records);
  }

  @Override
  public List<Origin> list() throws IOException {
    return origins.list();
  }

  @Override
  public Cursor open(Origin origin, Position from) throws IOException {
    return new Held(origin.name(), origins.open(origin, from), hold);
  }

  private record Held(String origin, Cursor records, Hold hold) implements Cursor {

    private static final long WAIT_MILLIS = 10;

    private boolean waits() {
      return hold.stops(origin, records.position().number());
    }

    @Override
    public @Nullable RawRecord next() throws IOException {
      return waits() ? null : records.next();
    }

    @Override
    public long waitMillis() {
      return waits() ? WAIT_MILLIS : records.waitMillis();
    }

    @Override
    public Position position() {
      return records.position();
    }

    @Override
    public long workDone() {
      return records.workDone();
    }

    @Override
    public void close() throws IOException {
      records.close();
    }
  }
}
