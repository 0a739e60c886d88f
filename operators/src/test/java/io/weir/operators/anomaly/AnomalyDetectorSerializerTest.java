package io.weir.operators.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnomalyDetectorSerializerTest {

  private static final AnomalyDetectorSerializer SERIALIZER = AnomalyDetectorSerializer.INSTANCE;

  private static DoubleStream series(long seed, int rows) {
    return new Random(seed).doubles(rows, 0, 100).map(v -> v > 99 ? v * v : v);
  }

  private static AnomalyDetector trained(int rows) {
    AnomalyDetector detector = new AnomalyDetector();
    series(1, rows).forEach(detector::score);
    return detector;
  }

  private static double[] goOn(AnomalyDetector detector) {
    return series(2, 700).map(detector::score).toArray();
  }

  private static byte[] bytes(AnomalyDetector detector) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    SERIALIZER.serialize(detector, out);
    return out.getCopyOfBuffer();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 51, 99, 543, 544, 545, 1087, 1088, 1089, 20_000, 150_000})
  void aDetectorGoesOnFromItsStateAsIfNothingHadHappened(int rows) throws IOException {
    AnomalyDetector detector = trained(rows);

    AnomalyDetector restored = SERIALIZER.deserialize(new DataInputDeserializer(bytes(detector)));

    assertThat(goOn(restored)).isEqualTo(goOn(detector));
    assertThat(bytes(restored)).isEqualTo(bytes(detector));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 10_000})
  void takesTheSameRoomHoweverLongTheSeries(int rows) throws IOException {
    assertThat(bytes(trained(rows))).hasSize(AnomalyDetector.STATE_BYTES);
    assertThat(AnomalyDetector.STATE_BYTES)
        .isEqualTo(SERIALIZER.getLength())
        .isLessThanOrEqualTo(16 * 1024);
  }

  @Test
  void aCopyLearnsNothingFromItsOriginal() throws IOException {
    AnomalyDetector original = trained(900);
    byte[] before = bytes(original);

    AnomalyDetector copy = SERIALIZER.copy(original);
    goOn(original);

    assertThat(bytes(copy)).isEqualTo(before).isNotEqualTo(bytes(original));
    assertThat(goOn(copy)).isEqualTo(goOn(trained(900)));
  }

  @Test
  void statesOfAnotherLengthAreRefused() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeInt(AnomalyDetector.STATE_BYTES + 8);

    assertThatThrownBy(
            () ->
                new AnomalyDetectorSerializerSnapshot()
                    .readSnapshot(
                        1,
                        new DataInputDeserializer(out.getCopyOfBuffer()),
                        getClass().getClassLoader()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("anomaly detectors of format 1 and ");
  }
}
