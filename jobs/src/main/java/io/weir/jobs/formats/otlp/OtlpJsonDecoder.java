package io.weir.jobs.formats.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.IOException;

/**
 * Reads spans from records that are a TracesData each, in OTLP's JSON: ids in hexadecimal, numbers
 * of 64 bits as text or not, enumerations as numbers, unknown members to be passed over (OTLP
 * specification, "JSON Protobuf Encoding").
 */
public final class OtlpJsonDecoder extends SpanDecoder {

  private static final long serialVersionUID = 1;

  // Names are data here: interning them, or failing on many of them, would let a sender hurt us.
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  /**
   * Makes a decoder.
   *
   * @param wanted columns of {@link SpanColumns#SCHEMA}
   * @param timeField the column that is the event time: start or end
   */
  public OtlpJsonDecoder(Schema wanted, String timeField) {
    super(wanted, timeField);
  }

  @Override
  void read(byte[] bytes, SpanRows rows, Values<Row> values) throws BrokenRecordException {
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      new OtlpJson(parser, rows, values).read();
    } catch (JsonProcessingException e) {
      throw new BrokenRecordException("JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new BrokenRecordException("JSON: " + e.getMessage());
    }
  }
}
