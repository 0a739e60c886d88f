package io.weir.operators.recommendation.model;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The items that a user acted on, in the order of the latest action on each, and the user's weight
 * for each: the largest one seen. In memory 12 bytes an item.
 */
public final class History {

  private static final int FIRST_LENGTH = 8;

  private long[] items;
  private int[] weights;
  private int size;
  private long actions;

  /** Of a user who has done nothing yet. */
  public History() {
    this(0, 0);
  }

  private History(int size, long actions) {
    int length = Math.max(FIRST_LENGTH, size);
    items = new long[length];
    weights = new int[length];
    this.size = size;
    this.actions = actions;
  }

  public int size() {
    return size;
  }

  /** How many actions there were. */
  public long actions() {
    return actions;
  }

  /** The user's weight for an item, 0 if there is none. */
  public int weightOf(long item) {
    int place = find(item);
    return place < 0 ? 0 : weights[place];
  }

  // From the end: repeated actions mostly follow soon.
  private int find(long item) {
    int place = size - 1;
    while (place >= 0 && items[place] != item) {
      place--;
    }
    return place;
  }

  /** All items, the oldest first. */
  public long[] items() {
    return Arrays.copyOf(items, size);
  }

  /** All items but one, the oldest first. */
  public long[] itemsBut(long item) {
    long[] others = new long[size];
    int next = 0;
    for (int i = 0; i < size; i++) {
      if (items[i] != item) {
        others[next++] = items[i];
      }
    }
    return next == size ? others : Arrays.copyOf(others, next);
  }

  /**
   * By how much the counts of pairs with an item grow when its weight does, for the same items as
   * {@link #itemsBut}: the growth of the smaller of the two weights.
   *
   * @param latest only so many of the latest items are paired; 0: all
   */
  public int[] growth(long item, int from, int to, int latest) {
    int known = find(item);
    int others = known < 0 ? size : size - 1;
    int first = latest == 0 ? 0 : Math.max(0, others - latest);
    int[] growth = new int[others];
    int next = 0;
    for (int i = 0; i < size; i++) {
      if (i != known) {
        growth[next] = next < first ? 0 : Math.min(to, weights[i]) - Math.min(from, weights[i]);
        next++;
      }
    }
    return growth;
  }

  /** The latest items, the latest one first. */
  public long[] latestItems(int most) {
    long[] latest = new long[Math.min(most, size)];
    for (int k = 0; k < latest.length; k++) {
      latest[k] = items[size - 1 - k];
    }
    return latest;
  }

  /** The weights of {@link #latestItems}. */
  public int[] latestWeights(int most) {
    int[] latest = new int[Math.min(most, size)];
    for (int k = 0; k < latest.length; k++) {
      latest[k] = weights[size - 1 - k];
    }
    return latest;
  }

  /**
   * Adds an action, which makes its item the latest one.
   *
   * @param most how many items are remembered, 0: all; the oldest ones go
   */
  public void add(long item, int weight, int most) {
    int place = find(item);
    int kept = weight;
    if (place >= 0) {
      kept = Math.max(weight, weights[place]);
      remove(place, 1);
    }
    if (size == items.length) {
      items = Arrays.copyOf(items, 2 * size);
      weights = Arrays.copyOf(weights, 2 * size);
    }
    items[size] = item;
    weights[size] = kept;
    size++;
    actions++;
    if (most > 0 && size > most) {
      remove(0, size - most);
    }
  }

  private void remove(int place, int count) {
    System.arraycopy(items, place + count, items, place, size - place - count);
    System.arraycopy(weights, place + count, weights, place, size - place - count);
    size -= count;
  }

  History copy() {
    History copy = new History();
    copy.items = items.clone();
    copy.weights = weights.clone();
    copy.size = size;
    copy.actions = actions;
    return copy;
  }

  /** Format 1: 12 bytes an item. */
  void writeFixed(DataOutputView out) throws IOException {
    out.writeLong(actions);
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(items[i]);
      out.writeInt(weights[i]);
    }
  }

  static History readFixed(DataInputView in) throws IOException {
    long actions = in.readLong();
    History history = new History(in.readInt(), actions);
    for (int i = 0; i < history.size; i++) {
      history.items[i] = in.readLong();
      history.weights[i] = in.readInt();
    }
    return history;
  }

  /** Format 2: numbers take the bytes that they need, 4 an item where items are numbered. */
  void write(DataOutputView out) throws IOException {
    VariableLength.write(actions, out);
    VariableLength.write(size, out);
    for (int i = 0; i < size; i++) {
      VariableLength.write(items[i], out);
      VariableLength.write(weights[i], out);
    }
  }

  static History read(DataInputView in) throws IOException {
    long actions = VariableLength.read(in);
    History history = new History((int) VariableLength.read(in), actions);
    for (int i = 0; i < history.size; i++) {
      history.items[i] = VariableLength.read(in);
      history.weights[i] = (int) VariableLength.read(in);
    }
    return history;
  }
}
