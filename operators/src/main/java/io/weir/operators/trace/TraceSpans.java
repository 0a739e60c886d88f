package io.weir.operators.trace;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a trace, as one value: the spans that were seen, in a hash table with
 * linear probing, and those that wait for their parents, one behind the other. It has room for so
 * many of them only that the whole can be read and written for each; who has more keeps the rest
 * elsewhere and says so here. Mutable, owned by one thread.
 */
final class TraceSpans {

  /** Spans that were seen. */
  static final int MOST_SEEN = 192;

  /** Spans that wait, all of which are looked through. */
  static final int MOST_WAITING = 64;

  private static final int FIRST_CAPACITY = 8;
  private static final int FIRST_WAITING = 4;
  private static final long[] NO_PARENTS = {};
  private static final WaitingSpan[] NO_CHILDREN = {};

  private boolean continued;
  private int seen;
  private long[] ids = new long[FIRST_CAPACITY];
  private long[] times = new long[FIRST_CAPACITY];
  // A slot without a service is free.
  private @Nullable String[] services = new String[FIRST_CAPACITY];
  private int waiting;
  private long[] parents = NO_PARENTS;
  private @Nullable WaitingSpan[] children = NO_CHILDREN;

  /** Whether there are spans elsewhere, too. */
  boolean isContinued() {
    return continued;
  }

  void setContinued(boolean elsewhere) {
    continued = elsewhere;
  }

  boolean isEmpty() {
    return seen == 0 && waiting == 0;
  }

  /** How many were seen. */
  int size() {
    return seen;
  }

  boolean canTakeSeen() {
    return seen < MOST_SEEN;
  }

  boolean canTakeWaiting() {
    return waiting < MOST_WAITING;
  }

  /** Whose a span is; null if it was not seen. */
  @Nullable String serviceOf(long id) {
    return services[slot(id)];
  }

  private int slot(long id) {
    int mask = ids.length - 1;
    // Fibonacci hashing: the product's upper half depends on all bits of the id.
    int slot = (int) ((id * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (services[slot] != null && ids[slot] != id) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Remembers a span that was not seen before. */
  void see(long id, String service, long time) {
    if (4 * (seen + 1) > 3 * ids.length) {
      rebuild(2 * ids.length, Long.MIN_VALUE);
    }
    place(id, service, time);
  }

  private void place(long id, String service, long time) {
    int slot = slot(id);
    ids[slot] = id;
    times[slot] = time;
    services[slot] = service;
    seen++;
  }

  /** Keeps what is later than a time. */
  private void rebuild(int capacity, long forgotten) {
    long[] oldIds = ids;
    long[] oldTimes = times;
    @Nullable String[] oldServices = services;
    ids = new long[capacity];
    times = new long[capacity];
    services = new String[capacity];
    seen = 0;
    for (int i = 0; i < oldIds.length; i++) {
      String service = oldServices[i];
      if (service != null && oldTimes[i] > forgotten) {
        place(oldIds[i], service, oldTimes[i]);
      }
    }
  }

  /** Lets a span wait for its parent. */
  void await(long parent, WaitingSpan child) {
    if (waiting == parents.length) {
      int capacity = Math.max(FIRST_WAITING, 2 * waiting);
      parents = Arrays.copyOf(parents, capacity);
      children = Arrays.copyOf(children, capacity);
    }
    parents[waiting] = parent;
    children[waiting++] = child;
  }

  /** Hands out those that wait for a span, in the order in which they came; they wait no longer. */
  void answer(long parent, Consumer<WaitingSpan> receiver) {
    int left = 0;
    for (int i = 0; i < waiting; i++) {
      if (parents[i] == parent) {
        receiver.accept(child(i));
      } else {
        move(i, left++);
      }
    }
    endWaiting(left);
  }

  private WaitingSpan child(int index) {
    WaitingSpan child = children[index];
    if (child == null) {
      throw new IllegalStateException("nobody waits at " + index + " of " + waiting);
    }
    return child;
  }

  private void move(int from, int to) {
    if (from != to) {
      parents[to] = parents[from];
      children[to] = children[from];
    }
  }

  private void endWaiting(int left) {
    Arrays.fill(children, left, waiting, null);
    waiting = left;
  }

  /** Forgets what is not later than a time; returns how many waited in vain. */
  int forget(long time) {
    rebuild(ids.length, time);
    int left = 0;
    for (int i = 0; i < waiting; i++) {
      if (child(i).time() > time) {
        move(i, left++);
      }
    }
    int orphans = waiting - left;
    endWaiting(left);
    return orphans;
  }

  TraceSpans copy() {
    TraceSpans copy = new TraceSpans();
    copy.continued = continued;
    copy.seen = seen;
    copy.ids = ids.clone();
    copy.times = times.clone();
    copy.services = services.clone();
    copy.waiting = waiting;
    copy.parents = parents.clone();
    copy.children = children.clone();
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    Names names = new Names();
    for (String service : services) {
      names.add(service);
    }
    for (int i = 0; i < waiting; i++) {
      names.add(child(i).service());
    }
    out.writeBoolean(continued);
    names.write(out);
    writeSeen(names, out);
    writeWaiting(names, out);
  }

  private void writeSeen(Names names, DataOutputView out) throws IOException {
    out.writeShort(seen);
    for (int i = 0; i < ids.length; i++) {
      String service = services[i];
      if (service != null) {
        out.writeLong(ids[i]);
        out.writeLong(times[i]);
        out.writeShort(names.placeOf(service));
      }
    }
  }

  private void writeWaiting(Names names, DataOutputView out) throws IOException {
    out.writeShort(waiting);
    for (int i = 0; i < waiting; i++) {
      WaitingSpan child = child(i);
      out.writeLong(parents[i]);
      out.writeShort(names.placeOf(child.service()));
      out.writeLong(child.durationMicros());
      out.writeLong(child.error());
      out.writeLong(child.time());
    }
  }

  static TraceSpans read(DataInputView in) throws IOException {
    TraceSpans spans = new TraceSpans();
    spans.continued = in.readBoolean();
    Names names = Names.read(in);
    for (int left = in.readShort(); left > 0; left--) {
      long id = in.readLong();
      long time = in.readLong();
      spans.see(id, names.at(in.readShort()), time);
    }
    for (int left = in.readShort(); left > 0; left--) {
      long parent = in.readLong();
      String service = names.at(in.readShort());
      spans.await(parent, new WaitingSpan(service, in.readLong(), in.readLong(), in.readLong()));
    }
    return spans;
  }
}
