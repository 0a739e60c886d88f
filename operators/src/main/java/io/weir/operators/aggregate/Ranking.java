package io.weir.operators.aggregate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The n entries with the highest counts, ties by value ascending.
 *
 * @param <V> the values
 */
final class Ranking<V extends Comparable<V>> {

  /**
   * A value and its count.
   *
   * @param <V> the values
   */
  record Entry<V>(V value, long count) {}

  private final int length;
  private final Comparator<Entry<V>> order =
      Comparator.<Entry<V>>comparingLong(Entry::count)
          .reversed()
          .thenComparing(Entry::value, Comparator.naturalOrder());
  private final PriorityQueue<Entry<V>> worstFirst = new PriorityQueue<>(order.reversed());

  Ranking(int length) {
    this.length = length;
  }

  void offer(V value, long count) {
    worstFirst.add(new Entry<>(value, count));
    if (worstFirst.size() > length) {
      worstFirst.remove();
    }
  }

  List<Entry<V>> sorted() {
    List<Entry<V>> entries = new ArrayList<>(worstFirst);
    entries.sort(order);
    return entries;
  }
}
