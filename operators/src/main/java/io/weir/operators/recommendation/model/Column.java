package io.weir.operators.recommendation.model;

import io.weir.operators.recommendation.rules.Ageing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * How often one item went together with each item of a shard, and its own count: a column of the
 * matrix of pairs. An open-addressing table from an item's index in the shard to a count: 8 bytes
 * for an entry while counts are below 2^24, 12 from then on, at a load of at most 3/4. Whole counts
 * are exact up to 2^53.
 */
public final class Column {

  private static final int[] NO_SLOTS = {};
  private static final float[] NO_COUNTS = {};
  private static final int FIRST_SLOTS = 4;
  // Whole numbers up to here are exact in a float.
  private static final double NARROW = 1 << 24;
  // Scaled counts are brought back before they grow beyond any measure.
  private static final double LARGEST_SCALE = 1 << 20;
  private static final int NARROW_BYTES = Integer.BYTES + Float.BYTES;
  private static final int WIDE_BYTES = Integer.BYTES + Double.BYTES;

  // The index plus one; 0 marks a free slot, whose count is 0.
  private int[] slots = NO_SLOTS;
  private float[] narrow = NO_COUNTS;
  private double @Nullable [] wide;
  private int size;
  private double total;
  private long landmark;
  private long halfLifeMillis;

  /** Takes an entry. */
  @FunctionalInterface
  public interface Entries {
    void entry(int index, double count);
  }

  /** Says which entries stay. */
  @FunctionalInterface
  public interface Keep {
    boolean keeps(int index, double count);
  }

  public int size() {
    return size;
  }

  /** The item's own count at the landmark's scale; compare it with {@link #at} alone. */
  public double total() {
    return total;
  }

  /** What counts of this column are multiplied by to be those of a moment. */
  public double fading(long now) {
    return 1 / new Ageing(halfLifeMillis).scale(landmark, now);
  }

  /** Adds to the item's own count. */
  public void addTotal(double amount, Ageing ageing, long now) {
    double scaled = amount * scaleForMore(ageing, now);
    total += scaled;
  }

  /** Adds to the count of an index. */
  public void add(int index, double amount, Ageing ageing, long now) {
    put(index, amount * scaleForMore(ageing, now));
  }

  /** Changes all counts, where their scale grows too large or the half-life is another one. */
  private double scaleForMore(Ageing ageing, long now) {
    if (ageing.halfLifeMillis() == 0 && halfLifeMillis == 0) {
      return 1;
    }
    double scale = new Ageing(halfLifeMillis).scale(landmark, now);
    if (ageing.halfLifeMillis() == halfLifeMillis && scale < LARGEST_SCALE) {
      return scale;
    }
    multiply(1 / scale);
    landmark = Math.max(landmark, now);
    halfLifeMillis = ageing.halfLifeMillis();
    return 1;
  }

  private void multiply(double factor) {
    total *= factor;
    for (int slot = 0; slot < slots.length; slot++) {
      if (wide == null) {
        narrow[slot] *= (float) factor;
      } else {
        wide[slot] *= factor;
      }
    }
  }

  private void put(int index, double amount) {
    if (4 * (size + 1) > 3 * slots.length) {
      resize(Math.max(FIRST_SLOTS, 2 * slots.length));
    }
    int slot = find(index);
    if (slots[slot] == 0) {
      slots[slot] = index + 1;
      size++;
    }
    if (wide == null && narrow[slot] + amount > NARROW) {
      widen();
    }
    if (wide == null) {
      narrow[slot] += (float) amount;
    } else {
      wide[slot] += amount;
    }
  }

  private int find(int index) {
    int mask = slots.length - 1;
    int slot = ((index * 0x9E3779B1) >>> 7) & mask;
    while (slots[slot] != 0 && slots[slot] != index + 1) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void widen() {
    double[] counts = new double[slots.length];
    for (int slot = 0; slot < counts.length; slot++) {
      counts[slot] = narrow[slot];
    }
    wide = counts;
    narrow = NO_COUNTS;
  }

  private void resize(int length) {
    Column old = new Column();
    old.slots = slots;
    old.narrow = narrow;
    old.wide = wide;
    slots = new int[length];
    narrow = old.wide == null ? new float[length] : NO_COUNTS;
    wide = old.wide == null ? null : new double[length];
    size = 0;
    old.each(this::put);
  }

  /** The count of an index at the landmark's scale; 0 if there is none. */
  public double at(int index) {
    if (size == 0) {
      return 0;
    }
    int slot = find(index);
    return wide == null ? narrow[slot] : wide[slot];
  }

  /**
   * Adds all counts, multiplied, to sums.
   *
   * @param sums by index plus one, so that free slots need not be told from others; sum 0 is of no
   *     meaning
   */
  public void addTo(double[] sums, double factor) {
    if (wide == null) {
      for (int slot = 0; slot < slots.length; slot++) {
        sums[slots[slot]] += factor * narrow[slot];
      }
    } else {
      for (int slot = 0; slot < slots.length; slot++) {
        sums[slots[slot]] += factor * wide[slot];
      }
    }
  }

  /** Visits all entries, at the landmark's scale. */
  public void each(Entries entries) {
    for (int slot = 0; slot < slots.length; slot++) {
      if (slots[slot] != 0) {
        entries.entry(slots[slot] - 1, wide == null ? narrow[slot] : wide[slot]);
      }
    }
  }

  /**
   * Drops the entries that do not stay, and the room that they took.
   *
   * @return how many were dropped
   */
  public int keepOnly(Keep keep) {
    Column kept = new Column();
    each(
        (index, count) -> {
          if (keep.keeps(index, count)) {
            kept.put(index, count);
          }
        });
    int dropped = size - kept.size;
    if (dropped > 0) {
      slots = kept.slots;
      narrow = kept.narrow;
      wide = kept.wide;
      size = kept.size;
    }
    return dropped;
  }

  /** About how much heap it takes. */
  public long bytes() {
    return 64L + slots.length * (wide == null ? 8L : 12L);
  }

  Column copy() {
    Column copy = new Column();
    copy.slots = slots.clone();
    copy.narrow = narrow.clone();
    copy.wide = wide == null ? null : wide.clone();
    copy.size = size;
    copy.total = total;
    copy.landmark = landmark;
    copy.halfLifeMillis = halfLifeMillis;
    return copy;
  }

  /** As one array: a checkpoint writes tens of millions of entries. */
  void write(DataOutputView out) throws IOException {
    out.writeDouble(total);
    out.writeLong(landmark);
    out.writeLong(halfLifeMillis);
    out.writeBoolean(wide != null);
    out.writeInt(size);
    ByteBuffer entries = ByteBuffer.allocate(size * (wide == null ? NARROW_BYTES : WIDE_BYTES));
    for (int slot = 0; slot < slots.length; slot++) {
      if (slots[slot] != 0) {
        entries.putInt(slots[slot] - 1);
        if (wide == null) {
          entries.putFloat(narrow[slot]);
        } else {
          entries.putDouble(wide[slot]);
        }
      }
    }
    out.write(entries.array());
  }

  static Column read(DataInputView in) throws IOException {
    Column column = new Column();
    column.total = in.readDouble();
    column.landmark = in.readLong();
    column.halfLifeMillis = in.readLong();
    boolean isWide = in.readBoolean();
    int size = in.readInt();
    byte[] bytes = new byte[size * (isWide ? WIDE_BYTES : NARROW_BYTES)];
    in.readFully(bytes);
    if (isWide) {
      column.widen();
    }
    ByteBuffer entries = ByteBuffer.wrap(bytes);
    for (int entry = 0; entry < size; entry++) {
      column.put(entries.getInt(), isWide ? entries.getDouble() : entries.getFloat());
    }
    return column;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Column that
        && size == that.size
        && total == that.total
        && landmark == that.landmark
        && halfLifeMillis == that.halfLifeMillis
        && Arrays.equals(sorted(), that.sorted());
  }

  private double[] sorted() {
    double[] all = new double[2 * size];
    int[] next = new int[1];
    int[] indices = Arrays.stream(slots).filter(slot -> slot != 0).sorted().toArray();
    for (int slot : indices) {
      all[next[0]++] = slot;
      all[next[0]++] = at(slot - 1);
    }
    return all;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sorted());
  }
}
