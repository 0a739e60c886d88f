package io.weir.jobs.connectors.postgres;

import io.weir.operators.row.Row;
import io.weir.operators.row.RowSerializer;
import io.weir.operators.row.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;

/**
 * Rows of one epoch that one transaction stores: the committable of the exactly-once sink. Knows
 * its columns, because it may be committed by a later build of the job.
 *
 * @param schema the columns
 * @param rows how many
 * @param bytes the rows, one after the other, as {@link RowSerializer} writes them
 */
public record RowBatch(Schema schema, int rows, byte[] bytes) {

  List<Row> decode() throws IOException {
    RowSerializer serializer = new RowSerializer(schema);
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    List<Row> decoded = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      decoded.add(serializer.deserialize(in));
    }
    return decoded;
  }

  /** Short: it ends up in the messages of exceptions. */
  @Override
  public String toString() {
    return rows + " rows of " + schema.names();
  }
}
