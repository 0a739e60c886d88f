package io.weir.jobs.connectors.postgres;

import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rows of a batch as one array for each column, each key once: its last row. */
final class BatchArrays {

  private BatchArrays() {}

  static List<String> of(RowBatch batch, int[] key) throws IOException {
    List<Row> rows = lastOfEachKey(batch.decode(), batch.schema(), key);
    List<String> arrays = new ArrayList<>();
    for (int column = 0; column < batch.schema().size(); column++) {
      ArrayText array = new ArrayText(column, batch.schema().type(column));
      rows.forEach(array::add);
      arrays.add(array.finish());
    }
    return arrays;
  }

  // One INSERT ... ON CONFLICT DO UPDATE may not touch a row twice.
  private static List<Row> lastOfEachKey(List<Row> rows, Schema schema, int[] key) {
    List<ArrayText> keyTexts =
        Arrays.stream(key).mapToObj(i -> new ArrayText(i, schema.type(i))).toList();
    Set<List<String>> seen = new HashSet<>();
    List<Row> last = new ArrayList<>(rows.size());
    for (int i = rows.size() - 1; i >= 0; i--) {
      if (seen.add(keyOf(rows.get(i), keyTexts))) {
        last.add(rows.get(i));
      }
    }
    Collections.reverse(last);
    return last;
  }

  /** The key as PostgreSQL will read it, so that what is equal there is equal here. */
  private static List<String> keyOf(Row row, List<ArrayText> keyTexts) {
    List<String> values = new ArrayList<>(keyTexts.size());
    for (ArrayText text : keyTexts) {
      text.add(row);
      values.add(text.finish());
    }
    return values;
  }
}
