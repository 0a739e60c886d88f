package io.weir.operators.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowSerializerTest {

  private static final Schema TEXTS =
      Schema.of(new Column("a", ColumnType.STRING), new Column("b", ColumnType.STRING));

  @ParameterizedTest
  @CsvSource({"1, a", "128, b", "129, c", "1, é", "127, ÿ", "128, 語", "64, 😀", "300, \u0080"})
  void textsComeBackWhateverTheirLengthAndLetters(int times, String letter) throws IOException {
    RowSerializer serializer = new RowSerializer(TEXTS);
    Row row = new Row(TEXTS.size());
    row.setText(0, letter.repeat(times));
    row.setText(1, "x" + letter.repeat(times - 1));
    DataOutputSerializer out = new DataOutputSerializer(16);

    serializer.serialize(row, out);
    serializer.serialize(row, out);

    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    assertThat(serializer.deserialize(in)).isEqualTo(row);
    assertThat(serializer.deserialize(in)).isEqualTo(row);
    assertThat(in.available()).isZero();
  }
}
