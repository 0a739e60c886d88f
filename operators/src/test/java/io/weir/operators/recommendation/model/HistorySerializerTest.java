package io.weir.operators.recommendation.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the first format holds is read, and goes on in the newest one. */
class HistorySerializerTest {

  /** As the build before wrote it: 3 actions, on item 7 with weight 2 and on item -1 with 5. */
  private static final String FORMAT_1 =
      "0000000000000003"
          + "00000002"
          + "0000000000000007"
          + "00000002"
          + "ffffffffffffffff"
          + "00000005";

  /** Flink's frame of a snapshot: class name, number of the format. */
  private static DataInputDeserializer snapshot(int format) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeUTF(HistorySerializer.Snapshot.class.getName());
    out.writeInt(format);
    return new DataInputDeserializer(out.getCopyOfBuffer());
  }

  private static TypeSerializerSnapshot<History> restored(int format) throws IOException {
    return TypeSerializerSnapshot.readVersionedSnapshot(
        snapshot(format), HistorySerializerTest.class.getClassLoader());
  }

  private static History read(TypeSerializer<History> serializer, byte[] bytes) throws IOException {
    return serializer.deserialize(new DataInputDeserializer(bytes));
  }

  private static byte[] written(TypeSerializer<History> serializer, History history)
      throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(history, out);
    return out.getCopyOfBuffer();
  }

  private static void assertIsTheKeptOne(History history) {
    assertThat(history.actions()).isEqualTo(3);
    assertThat(history.latestItems(9)).containsExactly(-1, 7);
    assertThat(history.latestWeights(9)).containsExactly(5, 2);
  }

  @Test
  void migratesWhatTheFirstFormatHolds() throws IOException {
    TypeSerializerSnapshot<History> old = restored(1);

    History history = read(old.restoreSerializer(), HexFormat.of().parseHex(FORMAT_1));
    byte[] anew = written(HistorySerializer.INSTANCE, history);

    assertIsTheKeptOne(history);
    assertIsTheKeptOne(read(HistorySerializer.INSTANCE, anew));
    assertThat(anew).hasSize(6);
    assertThat(
            HistorySerializer.INSTANCE
                .snapshotConfiguration()
                .resolveSchemaCompatibility(old)
                .isCompatibleAfterMigration())
        .isTrue();
  }

  /** State that a job has but does not use is copied with the snapshot that it came with. */
  @Test
  void writesTheFormatThatItReads() throws IOException {
    byte[] kept = HexFormat.of().parseHex(FORMAT_1);
    TypeSerializer<History> old = restored(1).restoreSerializer();

    assertThat(written(old, read(old, kept))).isEqualTo(kept);
    assertThat(old.snapshotConfiguration().getCurrentVersion()).isEqualTo(1);
    assertThat(old).isNotEqualTo(HistorySerializer.INSTANCE);
  }

  @Test
  void takesItsOwnFormatAsItIs() throws IOException {
    TypeSerializerSnapshot<History> same =
        restored(HistorySerializer.INSTANCE.snapshotConfiguration().getCurrentVersion());

    assertThat(
            HistorySerializer.INSTANCE
                .snapshotConfiguration()
                .resolveSchemaCompatibility(same)
                .isCompatibleAsIs())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void refusesAFormatThatItDoesNotKnow(int format) {
    assertThatThrownBy(() -> restored(format))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("state of format " + format)
        .hasMessageContaining("HistorySerializer")
        .hasMessageContaining("this build reads 1 to 2");
  }

  @Test
  void doesNotGoBackToAnOlderFormat() throws IOException {
    TypeSerializerSnapshot<History> older = new HistorySerializer(1).snapshotConfiguration();

    assertThat(older.resolveSchemaCompatibility(restored(2)).isIncompatible()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 63, 64, -64, -65, 1L << 31, Long.MAX_VALUE, Long.MIN_VALUE})
  void keepsEveryNumber(long number) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);

    VariableLength.write(number, out);

    assertThat(VariableLength.read(new DataInputDeserializer(out.getCopyOfBuffer())))
        .isEqualTo(number);
    assertThat(out.length()).isLessThanOrEqualTo(10);
  }
}
