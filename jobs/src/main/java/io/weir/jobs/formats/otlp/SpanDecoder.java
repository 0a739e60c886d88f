package io.weir.jobs.formats.otlp;

import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import org.jspecify.annotations.Nullable;

/** Reads spans from records that are a TracesData each, in whichever encoding. */
abstract class SpanDecoder implements Decoder<Row> {

  private static final long serialVersionUID = 1;

  private final Schema wanted;
  private final String timeField;
  private transient @Nullable SpanRows rows;

  SpanDecoder(Schema wanted, String timeField) {
    this.wanted = wanted;
    this.timeField = timeField;
  }

  @Override
  public final void open() {
    rows = new SpanRows(wanted, timeField);
  }

  @Override
  public final void decode(byte[] bytes, Values<Row> values) throws BrokenRecordException {
    if (rows == null) {
      throw new IllegalStateException("the decoder is not open");
    }
    read(bytes, rows, values);
  }

  /** Gives the rows of a record's spans to the receiver. */
  abstract void read(byte[] bytes, SpanRows rows, Values<Row> values) throws BrokenRecordException;
}
