package io.weir.jobs.formats;

import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads records that are one Avro datum each, in the binary encoding and with nothing around it
 * (Avro 1.12 specification, "Binary encoding"), all written with one known schema.
 */
final class AvroDecoder implements Decoder<Row> {

  private static final long serialVersionUID = 1;

  private final String writerSchema;
  private final List<InputColumn> columns;
  private final int size;
  private transient @Nullable Reader reader;

  /**
   * Makes a decoder.
   *
   * @param columns each {@link AvroColumns#fits} its field
   * @param size how many columns a row has
   */
  AvroDecoder(String writerSchema, List<InputColumn> columns, int size) {
    this.writerSchema = writerSchema;
    this.columns = columns;
    this.size = size;
  }

  @Override
  public void open() {
    reader = new Reader(new Schema.Parser().parse(writerSchema), columns, size);
  }

  @Override
  public void decode(byte[] bytes, Values<Row> values) throws BrokenRecordException {
    if (reader == null) {
      throw new IllegalStateException("the decoder is not open");
    }
    reader.read(bytes, values);
  }

  /** What lives in one subtask. */
  private static final class Reader {
    private final GenericDatumReader<GenericRecord> datums;
    private final InputColumn[] columns;
    private final int[] positions;
    private final boolean[] timestamps;
    private final RowBuilder row;
    private @Nullable BinaryDecoder binary;
    private @Nullable GenericRecord datum;

    Reader(Schema writer, List<InputColumn> columns, int size) {
      Schema projection =
          AvroColumns.projection(writer, columns.stream().map(InputColumn::name).toList());
      datums = new GenericDatumReader<>(writer, projection);
      this.columns = new InputColumn[columns.size()];
      positions = new int[columns.size()];
      timestamps = new boolean[columns.size()];
      row = new RowBuilder(size);
      for (int i = 0; i < positions.length; i++) {
        Schema.Field field = projection.getField(columns.get(i).name());
        positions[i] = field.pos();
        timestamps[i] = AvroColumns.isTimestamp(field.schema());
        this.columns[i] = timestamps[i] ? inUnitOf(field, columns.get(i)) : columns.get(i);
      }
    }

    private static InputColumn inUnitOf(Schema.Field field, InputColumn column) {
      return column.type() == ColumnType.TIME
          ? column.inUnit(AvroColumns.unitOf(field.schema()))
          : column;
    }

    void read(byte[] bytes, Values<Row> values) throws BrokenRecordException {
      row.begin();
      GenericRecord read = readDatum(bytes);
      for (int i = 0; i < columns.length; i++) {
        Object value = read.get(positions[i]);
        if (value != null) {
          set(columns[i], value);
        }
      }
      row.finish(values);
    }

    private GenericRecord readDatum(byte[] bytes) throws BrokenRecordException {
      binary = DecoderFactory.get().binaryDecoder(bytes, binary);
      try {
        datum = datums.read(datum, binary);
        if (!binary.isEnd()) {
          throw new BrokenRecordException("Avro: something follows the record");
        }
        return datum;
      } catch (IOException | RuntimeException e) {
        // Avro answers malformed bytes with JDK exceptions too, UnsupportedOperation among them.
        datum = null;
        throw new BrokenRecordException("Avro: the record cannot be read: " + e);
      } catch (StackOverflowError e) {
        datum = null;
        throw new BrokenRecordException("Avro: the record is nested too deeply");
      }
    }

    private void set(InputColumn column, Object value) throws BrokenRecordException {
      switch (column.type()) {
        case STRING, JSON -> row.setText(column, value.toString());
        case LONG -> row.setNumber(column, ((Number) value).longValue());
        case DOUBLE -> row.setDouble(column, ((Number) value).doubleValue());
        case BOOLEAN -> row.setBoolean(column, (Boolean) value);
        case TIME -> row.setInstant(column, ((Number) value).longValue());
      }
    }
  }
}
