package io.weir.operators.source;

import io.weir.operators.intake.RawRecord;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads no further than some records into each origin until the test lets it go.
 *
 * @param origins the real ones
 * @param gate names what the test releases
 * @param records how many are delivered before the gate
 */
record HeldOrigins(Origins origins, String gate, long records) implements Origins {

  private static final Map<String, AtomicBoolean> GATES = new ConcurrentHashMap<>();

  static AtomicBoolean gate(String name) {
    return GATES.computeIfAbsent(name, key -> new AtomicBoolean());
  }

  @Override
  public List<Origin> list() throws IOException {
    return origins.list();
  }

  @Override
  public Cursor open(Origin origin, Position from) throws IOException {
    return new Held(origins.open(origin, from), gate(gate), from.number() + records);
  }

  private static final class Held implements Cursor {

    private final Cursor cursor;
    private final AtomicBoolean released;
    private final long last;

    Held(Cursor cursor, AtomicBoolean released, long last) {
      this.cursor = cursor;
      this.released = released;
      this.last = last;
    }

    @Override
    public @Nullable RawRecord next() throws IOException {
      return isHeld() ? null : cursor.next();
    }

    private boolean isHeld() {
      return cursor.position().number() >= last && !released.get();
    }

    @Override
    public long waitMillis() {
      return isHeld() ? 5 : cursor.waitMillis();
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
}
