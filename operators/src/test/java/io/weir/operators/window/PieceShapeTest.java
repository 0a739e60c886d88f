package io.weir.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class PieceShapeTest {

  private static final Schema SCHEMA =
      Schema.of(new Column("a", ColumnType.LONG), new Column("b", ColumnType.LONG));
  private static final int AGGREGATES = 6;

  private final PieceSerializer serializer =
      new WindowPlan(
              List.of(),
              Windowing.tumbling(Duration.ofMinutes(1)),
              List.of(
                  NamedAggregate.of("a50", "relative_quantile(a, 0.5)"),
                  NamedAggregate.of("b50", "relative_quantile(b, 0.5)"),
                  NamedAggregate.of("rows", "count"),
                  NamedAggregate.of("exact", "quantile(a, 0.5)"),
                  NamedAggregate.of("a90", "relative_quantile(a, 0.9)"),
                  NamedAggregate.of("all", "count")))
          .pieces(SCHEMA);

  private static Row row(long a, long b) {
    Row row = new Row(2);
    row.setLong(0, a);
    row.setLong(1, b);
    return row;
  }

  private Piece piece() {
    Piece piece = Piece.empty(serializer.shape());
    for (int i = 1; i <= 10; i++) {
      piece.add(row(i, 100L * i));
    }
    return piece;
  }

  private static List<Long> results(Piece piece) {
    Row out = new Row(AGGREGATES);
    assertThat(piece.writeResults(out, 0)).isZero();
    return IntStream.range(0, AGGREGATES).mapToObj(out::longAt).toList();
  }

  private static Piece through(
      Piece piece, TypeSerializer<Piece> writer, TypeSerializer<Piece> reader) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    writer.serialize(piece, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    Piece read = reader.deserialize(in);
    assertThat(in.available()).isZero();
    return read;
  }

  private TypeSerializer<Piece> restored() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
        out, serializer.snapshotConfiguration());
    return TypeSerializerSnapshotSerializationUtil.<Piece>readSerializerSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader())
        .restoreSerializer();
  }

  @Test
  void quantilesOfAColumnAreToldByWhatTheyHaveInCommon() {
    assertThat(serializer.shape().places()).containsExactly(0, 1, 2, 3, 0, 4);

    assertThat(results(piece())).containsExactly(5L, 500L, 10L, 5L, 9L, 10L);
  }

  @Test
  void whatIsInCommonIsWrittenOnce() throws IOException {
    Piece read = through(piece(), serializer, serializer);

    assertThat(results(read)).isEqualTo(results(piece()));
  }

  /** It knows the types of columns only, so it cannot tell by itself which are the same. */
  @Test
  void aSerializerOfACheckpointReadsWhatWasWritten() throws IOException {
    Piece read = through(piece(), serializer, restored());

    assertThat(results(read)).isEqualTo(results(piece()));
  }
}
