package io.weir.jobs.formats.otlp;

import com.google.protobuf.CodedInputStream;
import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads spans from records that are a TracesData each, in Protocol Buffers; unknown fields are
 * passed over.
 */
public final class OtlpProtoDecoder implements Decoder<Row> {

  private static final long serialVersionUID = 1;

  private final Schema wanted;
  private final String timeField;
  private transient @Nullable SpanRows rows;

  /**
   * Makes a decoder.
   *
   * @param wanted columns of {@link SpanColumns#SCHEMA}
   * @param timeField the column that is the event time: start or end
   */
  public OtlpProtoDecoder(Schema wanted, String timeField) {
    this.wanted = wanted;
    this.timeField = timeField;
  }

  @Override
  public void open() {
    rows = new SpanRows(wanted, timeField);
  }

  @Override
  public void decode(byte[] bytes, Values<Row> values) throws BrokenRecordException {
    if (rows == null) {
      throw new IllegalStateException("the decoder is not open");
    }
    try {
      new OtlpProto(CodedInputStream.newInstance(bytes), rows, values).read();
    } catch (IOException e) {
      throw new BrokenRecordException("Protocol Buffers: " + e.getMessage());
    }
  }
}
