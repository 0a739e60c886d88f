package io.weir.jobs.connectors.postgres;

import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Puts batches into checkpoints, together with the names and types of their columns. */
final class RowBatchSerializer implements SimpleVersionedSerializer<RowBatch> {

  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(RowBatch batch) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(batch.bytes().length + 256);
    out.writeInt(batch.schema().size());
    for (Column column : batch.schema().columns()) {
      out.writeUTF(column.name());
      out.writeUTF(column.type().name());
    }
    out.writeInt(batch.rows());
    out.writeInt(batch.bytes().length);
    out.write(batch.bytes());
    return out.getCopyOfBuffer();
  }

  @Override
  public RowBatch deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException("rows of format " + version + "; this build reads " + VERSION);
    }
    DataInputDeserializer in = new DataInputDeserializer(serialized);
    List<Column> columns = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      columns.add(new Column(in.readUTF(), ColumnType.valueOf(in.readUTF())));
    }
    int rows = in.readInt();
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new RowBatch(new Schema(columns), rows, bytes);
  }
}
