package io.weir.consensus.http.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.consensus.StoreException.InvalidRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * JSON as bytes, and its fields; what is wrong is an {@link InvalidRequest} that names the field.
 */
public final class Json {

  private static final int MAX_DEPTH = 16;
  private static final int MAX_TEXT = 1024 * 1024;

  private static final JsonMapper MAPPER = mapper();

  private Json() {}

  private static JsonMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(MAX_TEXT)
                .build());
    return mapper;
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static byte[] write(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can always be written", e);
    }
  }

  /** Reads an object. */
  public static ObjectNode read(byte[] bytes) {
    try {
      JsonNode node = MAPPER.readTree(bytes);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new InvalidRequest("the body must be a JSON object");
    } catch (JsonProcessingException e) {
      throw new InvalidRequest("the body is not JSON: " + e.getOriginalMessage() + place(e));
    } catch (IOException e) {
      throw new InvalidRequest("the body is not JSON: " + e.getMessage());
    }
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " in line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
  }

  /** Refuses fields that nobody reads: they are mistyped, or meant for another release. */
  public static void checkFields(ObjectNode object, String... allowed) {
    List<String> known = Arrays.asList(allowed);
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new InvalidRequest(
                    "field '" + name + "' is not known; allowed are " + String.join(", ", known));
              }
            });
  }

  public static String text(JsonNode object, String field) {
    return optionalText(object, field).orElseThrow(() -> wrong(object, field, "a text"));
  }

  /** Empty when the field is missing or null. */
  public static Optional<String> optionalText(JsonNode object, String field) {
    JsonNode node = object.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isTextual()) {
      throw wrong(object, field, "a text");
    }
    return Optional.of(node.textValue());
  }

  public static long number(JsonNode object, String field) {
    JsonNode node = object.path(field);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw wrong(object, field, "an integer");
    }
    return node.longValue();
  }

  public static int smallNumber(JsonNode object, String field) {
    JsonNode node = object.path(field);
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw wrong(object, field, "an integer below 2^31");
    }
    return node.intValue();
  }

  static JsonNode array(JsonNode object, String field) {
    JsonNode node = object.path(field);
    if (!node.isArray()) {
      throw wrong(object, field, "a list");
    }
    return node;
  }

  static InvalidRequest wrong(JsonNode object, String field, String wanted) {
    return new InvalidRequest(
        object.path(field).isMissingNode()
            ? "field '" + field + "' is missing; it must be " + wanted
            : "field '" + field + "' must be " + wanted);
  }
}
