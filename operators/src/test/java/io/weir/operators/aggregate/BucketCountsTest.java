package io.weir.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketCountsTest {

  private static final int FEW = 5;
  private static final int MOST = BucketCounts.MOST_SINGLE;

  private final Random random = new Random(Long.getLong("seed", 42));

  private List<Integer> buckets(int size) {
    List<Integer> buckets = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      buckets.add(random.nextInt(2 * MOST) - MOST);
    }
    return buckets;
  }

  private static BucketCounts counts(List<Integer> buckets) {
    BucketCounts counts = new BucketCounts();
    long weight = counts.weight();
    for (int bucket : buckets) {
      weight += counts.add(bucket);
    }
    assertThat(counts.weight()).as("told while it grew").isEqualTo(weight);
    return counts;
  }

  private static BucketCounts throughBytes(BucketCounts counts) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);
    counts.write(out);
    BucketCounts read = new BucketCounts();
    read.read(new DataInputDeserializer(out.getCopyOfBuffer()));
    return read;
  }

  private static void assertHolds(BucketCounts counts, List<Integer> buckets) {
    List<Integer> sorted = new ArrayList<>(buckets);
    Collections.sort(sorted);
    List<Integer> held = new ArrayList<>();
    for (int place = 1; place <= sorted.size(); place++) {
      held.add(counts.bucketAt(place));
    }
    assertThat(counts.total()).isEqualTo(sorted.size());
    assertThat(held).isEqualTo(sorted);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, FEW, MOST - 1, MOST, MOST + 1, 20 * MOST})
  void findsTheBucketOfEachPlace(int size) throws IOException {
    List<Integer> buckets = buckets(size);

    BucketCounts counts = counts(buckets);

    assertHolds(counts, buckets);
    assertHolds(throughBytes(counts), buckets);
  }

  @Test
  void takesValuesInAfterItWasAsked() {
    List<Integer> buckets = buckets(FEW);
    BucketCounts counts = counts(buckets);
    assertHolds(counts, buckets);

    for (int bucket : buckets(3 * MOST)) {
      counts.add(bucket);
      buckets.add(bucket);

      assertHolds(counts, buckets);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, FEW, MOST, MOST + 1})
  void mergesManyAndFewEitherWay(int size) throws IOException {
    for (int otherSize : List.of(0, 1, FEW, MOST - 1, MOST, 3 * MOST)) {
      List<Integer> buckets = buckets(size);
      List<Integer> others = buckets(otherSize);
      BucketCounts counts = counts(buckets);
      BucketCounts other = counts(others);

      counts.merge(other);
      buckets.addAll(others);

      assertHolds(counts, buckets);
      assertHolds(throughBytes(counts), buckets);
      assertHolds(other, others);
    }
  }

  /** As savepoints have it: each bucket once, with its count. */
  @ParameterizedTest
  @ValueSource(ints = {FEW, MOST, MOST + 1})
  void readsBucketsWithTheirCounts(int count) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);
    out.write(new byte[] {2, 13, (byte) count, 4, 1});

    BucketCounts counts = new BucketCounts();
    counts.read(new DataInputDeserializer(out.getCopyOfBuffer()));

    List<Integer> expected = new ArrayList<>(Collections.nCopies(count, -7));
    expected.add(2);
    assertHolds(counts, expected);
  }
}
