package io.weir.jobs.encoding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.util.function.UnaryOperator;

/**
 * JSON documents that are values of JSON columns. They are read and written anew, on one line, so
 * that neither a line break nor a broken document can spoil what stands around them. Numbers keep
 * their digits.
 */
public final class JsonText {

  /** Without limits on depth and length: the documents are in memory already. */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build())
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private JsonText() {}

  /**
   * The document with its strings and names changed.
   *
   * @throws IOException if it is not one JSON document
   */
  public static String map(String document, UnaryOperator<String> strings) throws IOException {
    StringWriter text = new StringWriter(document.length() + 16);
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      copy(document, strings, out);
    }
    return text.toString();
  }

  /** Writes the document as a value of its own. */
  static void copy(String document, UnaryOperator<String> strings, JsonGenerator out)
      throws IOException {
    try (JsonParser in = FACTORY.createParser(document)) {
      int depth = 0;
      do {
        depth += copyToken(required(in), in, strings, out);
      } while (depth > 0);
      if (in.nextToken() != null) {
        throw new JsonParseException(in, "more than one JSON document");
      }
    }
  }

  private static JsonToken required(JsonParser in) throws IOException {
    JsonToken token = in.nextToken();
    if (token == null) {
      throw new JsonParseException(in, "an incomplete JSON document");
    }
    return token;
  }

  /** Returns by how much the token changes the depth. */
  private static int copyToken(
      JsonToken token, JsonParser in, UnaryOperator<String> strings, JsonGenerator out)
      throws IOException {
    switch (token) {
      case START_OBJECT -> out.writeStartObject();
      case END_OBJECT -> out.writeEndObject();
      case START_ARRAY -> out.writeStartArray();
      case END_ARRAY -> out.writeEndArray();
      case FIELD_NAME -> out.writeFieldName(strings.apply(in.currentName()));
      case VALUE_STRING -> out.writeString(strings.apply(in.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(in.getText());
      case VALUE_TRUE -> out.writeBoolean(true);
      case VALUE_FALSE -> out.writeBoolean(false);
      case VALUE_NULL -> out.writeNull();
      default -> throw new JsonParseException(in, "unexpected " + token);
    }
    return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
  }
}
