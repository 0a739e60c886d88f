package io.weir.operators.window;

import io.weir.operators.row.Row;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Pieces by group and slice: a hash table with linear probing whose look-up of a known pair makes
 * no object. Between two flushes it only grows.
 */
final class PartialTable {

  private static final int MIN_CAPACITY = 64;
  // Object headers, the entry, its key, its values but for long texts, and its slot.
  private static final int ENTRY_BYTES = 240;

  /** What is known of one group in one slice. */
  static final class Entry {
    final GroupKey key;
    final long slice;
    final Piece piece;
    private final GroupValues.Kept values;
    private final int hash;
    private long weight;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    private Entry(GroupKey key, GroupValues.Kept values, int hash, long slice, Piece piece) {
      this.key = key;
      this.values = values;
      this.hash = hash;
      this.slice = slice;
      this.piece = piece;
    }

    /** The time of the earliest row. */
    long first() {
      return first;
    }

    /** The time of the latest row. */
    long last() {
      return last;
    }

    private int add(Row row, long time) {
      first = Math.min(first, time);
      last = Math.max(last, time);
      int grown = piece.add(row);
      weight += grown;
      return grown;
    }
  }

  private final PieceShape shape;
  private final GroupValues values;
  private final KeyEncoder encoder;
  private final long newEntryBytes;
  private @Nullable Entry[] slots = new Entry[MIN_CAPACITY];
  private int size;
  private long bytes;

  PartialTable(GroupColumns group, PieceShape shape) {
    this.shape = shape;
    values = new GroupValues(group);
    encoder = new KeyEncoder(group);
    newEntryBytes = ENTRY_BYTES + Piece.empty(shape).weight();
  }

  int size() {
    return size;
  }

  /** The weight of all entries, roughly. */
  long bytes() {
    return bytes;
  }

  /** Takes in a row of the slice that begins at {@code slice}. */
  void add(Row row, long time, long slice) {
    values.take(row);
    bytes += entry(row, slice).add(row, time);
  }

  private Entry entry(Row row, long slice) {
    int hash = values.hash() ^ Long.hashCode(slice * 0x9E3779B97F4A7C15L);
    int mask = slots.length - 1;
    int slot = hash & mask;
    for (Entry at = slots[slot]; at != null; at = slots[slot]) {
      if (at.hash == hash && at.slice == slice && values.matches(at.values)) {
        return at;
      }
      slot = (slot + 1) & mask;
    }
    return insert(row, hash, slice);
  }

  private Entry insert(Row row, int hash, long slice) {
    encoder.encode(row);
    Entry entry = new Entry(encoder.toKey(), values.keep(), hash, slice, Piece.empty(shape));
    entry.weight = newEntryBytes + 2L * entry.key.bytes().length;
    bytes += entry.weight;
    if (++size * 2 > slots.length) {
      rehash(slots.length * 2);
    }
    place(entry);
    return entry;
  }

  private @Nullable Entry[] rehash(int capacity) {
    @Nullable Entry[] old = slots;
    slots = new Entry[capacity];
    for (Entry entry : old) {
      if (entry != null) {
        place(entry);
      }
    }
    return old;
  }

  private void place(Entry entry) {
    int mask = slots.length - 1;
    int slot = entry.hash & mask;
    while (slots[slot] != null) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = entry;
  }

  /** Removes the entries that are due and hands each over. */
  void remove(Predicate<Entry> due, Consumer<Entry> consumer) {
    @Nullable Entry[] old = slots;
    // As large as it proved necessary, so that one burst does not keep its memory.
    slots = new Entry[Math.max(MIN_CAPACITY, Integer.highestOneBit(Math.max(1, size)) * 4)];
    size = 0;
    bytes = 0;
    for (Entry entry : old) {
      if (entry == null) {
        continue;
      }
      if (due.test(entry)) {
        consumer.accept(entry);
      } else {
        keep(entry);
      }
    }
  }

  private void keep(Entry entry) {
    place(entry);
    size++;
    bytes += entry.weight;
  }
}
