package io.weir.jobs.formats.otlp;

import com.google.protobuf.CodedInputStream;
import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.IOException;

/**
 * Reads spans from records that are a TracesData each, in Protocol Buffers; unknown fields are
 * passed over.
 */
public final class OtlpProtoDecoder extends SpanDecoder {

  private static final long serialVersionUID = 1;

  /**
   * Makes a decoder.
   *
   * @param wanted columns of {@link SpanColumns#SCHEMA}
   * @param timeField the column that is the event time: start or end
   */
  public OtlpProtoDecoder(Schema wanted, String timeField) {
    super(wanted, timeField);
  }

  @Override
  void read(byte[] bytes, SpanRows rows, Values<Row> values) throws BrokenRecordException {
    try {
      new OtlpProto(CodedInputStream.newInstance(bytes), rows, values).read();
    } catch (IOException e) {
      throw new BrokenRecordException("Protocol Buffers: " + e.getMessage());
    }
  }
}
