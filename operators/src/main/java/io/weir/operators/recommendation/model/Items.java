package io.weir.operators.recommendation.model;

import io.weir.operators.recommendation.rules.Ageing;
import io.weir.operators.recommendation.rules.Scoring;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * The items of a shard, numbered from 0 in the order of their first events: count, count in
 * sequences, events, popularity. About 100 bytes an item.
 */
public final class Items {

  private static final int FIRST_LENGTH = 8;
  private static final double LARGEST_SCALE = 1e100;

  private long[] ids = new long[FIRST_LENGTH];
  private double[] counts = new double[FIRST_LENGTH];
  private double[] sequenceCounts = new double[FIRST_LENGTH];
  private long[] events = new long[FIRST_LENGTH];
  private double[] popularity = new double[FIRST_LENGTH];
  private boolean[] changed = new boolean[FIRST_LENGTH];
  private int size;

  // Of all shards.
  private long allEvents;
  private long largestWeight;
  private long now = Long.MIN_VALUE;
  private double popularityScale = 1;
  private long landmark;
  private long halfLifeMillis;

  // Derived: each count to the power that scores divide by; not written.
  private double[] norms = new double[FIRST_LENGTH];
  private double[] sequenceNorms = new double[FIRST_LENGTH];
  private double exponent;
  private double sequenceExponent;
  private final Map<Long, Integer> index = new HashMap<>();

  public int size() {
    return size;
  }

  public long id(int index) {
    return ids[index];
  }

  /** The item's count: the sum of users' weights for it, faded to the newest event. */
  public double count(int index) {
    return counts[index] / scale();
  }

  /** The same of its nearness to others in sequences. */
  public double sequenceCount(int index) {
    return sequenceCounts[index] / scale();
  }

  /** What scores are multiplied by for the item's count, by the exponent of {@link #normFor}. */
  public double norm(int index) {
    return norms[index];
  }

  /** The same of the count in sequences. */
  public double sequenceNorm(int index) {
    return sequenceNorms[index];
  }

  /** How much users act on the item at the moment, times {@link #popularityScale}. */
  public double popularity(int index) {
    return popularity[index];
  }

  public double popularityScale() {
    return popularityScale;
  }

  public long events(int index) {
    return events[index];
  }

  /** Whether the item had an event since this was asked last. */
  public boolean takeChanged(int index) {
    boolean was = changed[index];
    changed[index] = false;
    return was;
  }

  /** How many events there were, of all items of all shards. */
  public long allEvents() {
    return allEvents;
  }

  /** The largest weight of an event, of all items of all shards. */
  public long largestWeight() {
    return largestWeight;
  }

  /** The newest time of an event. */
  public long now() {
    return now;
  }

  /** The number of an item, or -1 if the shard has not seen it. */
  public int indexOf(long item) {
    Integer found = index.get(item);
    return found == null ? -1 : found;
  }

  /** The number of an item, which is numbered if the shard has not seen it. */
  public int obtain(long item) {
    int found = indexOf(item);
    if (found >= 0) {
      return found;
    }
    if (size == ids.length) {
      grow(2 * size);
    }
    ids[size] = item;
    index.put(item, size);
    return size++;
  }

  private void grow(int length) {
    ids = Arrays.copyOf(ids, length);
    counts = Arrays.copyOf(counts, length);
    sequenceCounts = Arrays.copyOf(sequenceCounts, length);
    events = Arrays.copyOf(events, length);
    popularity = Arrays.copyOf(popularity, length);
    changed = Arrays.copyOf(changed, length);
    norms = Arrays.copyOf(norms, length);
    sequenceNorms = Arrays.copyOf(sequenceNorms, length);
  }

  /** Notes that there was an event, of whatever item. */
  public void see(long timeMillis, int gain, int window) {
    now = Math.max(now, timeMillis);
    allEvents++;
    largestWeight = Math.max(largestWeight, gain);
    if (scale() > LARGEST_SCALE) {
      bringToNow();
    }
    popularityScale /= 1 - 1.0 / (window + 1.0);
    if (popularityScale > LARGEST_SCALE) {
      for (int i = 0; i < size; i++) {
        popularity[i] /= popularityScale;
      }
      popularityScale = 1;
    }
  }

  /** Notes that a user's weight for an item grew, or stayed. */
  public void act(int index, int gain, int window, Ageing ageing) {
    events[index]++;
    changed[index] = true;
    popularity[index] += popularityScale / (window + 1.0);
    double scaled = gain * scaleForMore(ageing);
    counts[index] += scaled;
    norms[index] = norm(counts[index], exponent);
  }

  /** Notes that an item stood near another one in a sequence. */
  public void follow(int index, double nearness, Ageing ageing) {
    double scaled = nearness * scaleForMore(ageing);
    sequenceCounts[index] += scaled;
    sequenceNorms[index] = norm(sequenceCounts[index], sequenceExponent);
  }

  private static double norm(double count, double exponent) {
    return count > 0 ? Math.pow(count, -exponent) : 0;
  }

  /** Brings the norms to the exponents of a scoring. */
  public void normFor(Scoring scoring) {
    if (exponent != scoring.similarityExponent()
        || sequenceExponent != scoring.sequenceExponent()) {
      exponent = scoring.similarityExponent();
      sequenceExponent = scoring.sequenceExponent();
      renew();
    }
  }

  private void renew() {
    for (int i = 0; i < size; i++) {
      norms[i] = norm(counts[i], exponent);
      sequenceNorms[i] = norm(sequenceCounts[i], sequenceExponent);
    }
  }

  /** What counts are divided by to be those of now; a power of it, norms. */
  public double scale() {
    return new Ageing(halfLifeMillis).scale(landmark, now);
  }

  private double scaleForMore(Ageing ageing) {
    if (ageing.halfLifeMillis() != halfLifeMillis) {
      bringToNow();
      halfLifeMillis = ageing.halfLifeMillis();
    }
    return scale();
  }

  private void bringToNow() {
    double scale = scale();
    for (int i = 0; i < size; i++) {
      counts[i] /= scale;
      sequenceCounts[i] /= scale;
    }
    landmark = now;
    renew();
  }

  Items copy() {
    Items copy = new Items();
    copy.grow(ids.length);
    copy.fill(this);
    return copy;
  }

  private void fill(Items from) {
    ids = from.ids.clone();
    counts = from.counts.clone();
    sequenceCounts = from.sequenceCounts.clone();
    events = from.events.clone();
    popularity = from.popularity.clone();
    changed = from.changed.clone();
    norms = from.norms.clone();
    sequenceNorms = from.sequenceNorms.clone();
    size = from.size;
    allEvents = from.allEvents;
    largestWeight = from.largestWeight;
    now = from.now;
    popularityScale = from.popularityScale;
    landmark = from.landmark;
    halfLifeMillis = from.halfLifeMillis;
    exponent = from.exponent;
    sequenceExponent = from.sequenceExponent;
    index.putAll(from.index);
  }

  void write(DataOutputView out) throws IOException {
    out.writeLong(allEvents);
    out.writeLong(largestWeight);
    out.writeLong(now);
    out.writeDouble(popularityScale);
    out.writeLong(landmark);
    out.writeLong(halfLifeMillis);
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(ids[i]);
      out.writeDouble(counts[i]);
      out.writeDouble(sequenceCounts[i]);
      out.writeLong(events[i]);
      out.writeDouble(popularity[i]);
      out.writeBoolean(changed[i]);
    }
  }

  static Items read(DataInputView in) throws IOException {
    Items items = new Items();
    items.allEvents = in.readLong();
    items.largestWeight = in.readLong();
    items.now = in.readLong();
    items.popularityScale = in.readDouble();
    items.landmark = in.readLong();
    items.halfLifeMillis = in.readLong();
    int size = in.readInt();
    items.grow(Math.max(FIRST_LENGTH, size));
    for (int i = 0; i < size; i++) {
      items.obtain(in.readLong());
      items.counts[i] = in.readDouble();
      items.sequenceCounts[i] = in.readDouble();
      items.events[i] = in.readLong();
      items.popularity[i] = in.readDouble();
      items.changed[i] = in.readBoolean();
    }
    items.exponent = Double.NaN;
    return items;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Items that
        && size == that.size
        && allEvents == that.allEvents
        && Arrays.equals(ids, 0, size, that.ids, 0, size)
        && Arrays.equals(counts, 0, size, that.counts, 0, size)
        && Arrays.equals(sequenceCounts, 0, size, that.sequenceCounts, 0, size)
        && Arrays.equals(events, 0, size, that.events, 0, size)
        && Arrays.equals(popularity, 0, size, that.popularity, 0, size);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(Arrays.copyOf(ids, size));
  }
}
