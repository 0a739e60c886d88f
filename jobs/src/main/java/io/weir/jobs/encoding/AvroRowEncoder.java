package io.weir.jobs.encoding;

import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Rows as Avro binary. A record alone is the bare datum, without schema or framing; a file is a
 * container with the schema in its header, compressed by deflate.
 */
final class AvroRowEncoder implements RowEncoder {

  private static final int NULL_BRANCH = 0;
  private static final int VALUE_BRANCH = 1;

  private final Schema schema;
  private final org.apache.avro.Schema avro;
  private final RecordBuffer record = new RecordBuffer();
  private final BinaryEncoder binary = EncoderFactory.get().binaryEncoder(record, null);

  AvroRowEncoder(Schema schema) {
    this.schema = schema;
    avro = AvroSchemas.of(schema);
  }

  @Override
  public void encode(Row row, OutputStream out) throws IOException {
    fill(row);
    record.drainTo(out, 0);
  }

  private void fill(Row row) throws IOException {
    for (int i = 0; i < schema.size(); i++) {
      if (row.isNull(i)) {
        binary.writeIndex(NULL_BRANCH);
      } else {
        binary.writeIndex(VALUE_BRANCH);
        writeValue(row, i);
      }
    }
    binary.flush();
  }

  private void writeValue(Row row, int column) throws IOException {
    switch (schema.type(column)) {
      case STRING, JSON -> binary.writeString(Texts.wellFormed(row.textAt(column)));
      case LONG, TIME -> binary.writeLong(row.longAt(column));
      case DOUBLE -> binary.writeDouble(row.doubleAt(column));
      case BOOLEAN -> binary.writeBoolean(row.booleanAt(column));
    }
  }

  @Override
  public RowFile startFile(OutputStream out) throws IOException {
    // Closing the writer would close the stream, which is the caller's.
    DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(avro));
    writer.setCodec(CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL));
    return new Container(writer.create(avro, out));
  }

  private final class Container implements RowFile {

    private final DataFileWriter<Object> writer;

    Container(DataFileWriter<Object> writer) {
      this.writer = writer;
    }

    @Override
    public void add(Row row) throws IOException {
      fill(row);
      writer.appendEncoded(record.view());
      record.reset();
    }

    @Override
    public void flush() throws IOException {
      writer.flush();
    }

    @Override
    public void finish() throws IOException {
      writer.flush();
    }
  }
}
