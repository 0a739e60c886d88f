package io.weir.jobs.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.intake.Decoder;
import io.weir.operators.intake.RawRecord;
import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedRowsTest {

  private static final Schema SCHEMA =
      Schema.of(new Column("word", ColumnType.STRING), new Column("length", ColumnType.LONG))
          .withRecord();

  /** A row for each word. */
  private static final class Words implements Decoder<Row> {
    private static final long serialVersionUID = 1;

    @Override
    public void decode(byte[] bytes, Values<Row> values) {
      for (String word : new String(bytes, UTF_8).split(" ", -1)) {
        Row row = new Row(2);
        if (!word.equals("null")) {
          row.setText(0, word);
        }
        row.setLong(1, word.length());
        values.add(row, 0);
      }
    }
  }

  private static List<Row> rows(long position, String words) throws Exception {
    List<Row> rows = new ArrayList<>();
    new NamedRows(new Words())
        .decode(
            RawRecord.data("events-0", position, words.getBytes(UTF_8)),
            (row, time) -> rows.add(row));
    return rows;
  }

  @Test
  void namesEachRowByItsRecordAndKeepsItsValues() throws Exception {
    List<Row> rows = rows(41, "where null");

    assertThat(rows)
        .extracting(row -> row.textAt(SCHEMA.record()))
        .containsExactly("events-0@41", "events-0@41#1");
    assertThat(rows.get(0).textAt(0)).isEqualTo("where");
    assertThat(rows.get(0).longAt(1)).isEqualTo(5);
    assertThat(rows.get(1).isNull(0)).isTrue();
    assertThat(rows.get(1).isNull(1)).isFalse();
  }
}
