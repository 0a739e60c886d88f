package io.weir.consensus.server.history.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** One line that is a flat JSON object of texts and whole numbers. Each member is taken once. */
final class JsonLine {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Lines lines;
  private final Map<String, Object> members;

  private JsonLine(Lines lines, Map<String, Object> members) {
    this.lines = lines;
    this.members = members;
  }

  static JsonLine parse(Lines lines) throws IOException, UnreadableHistory {
    try (JsonParser parser = JSON.createParser(lines.text())) {
      Map<String, Object> members = new LinkedHashMap<>();
      boolean object = parser.nextToken() == JsonToken.START_OBJECT;
      while (object && parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        members.put(name, value(parser, lines));
      }
      if (object && parser.nextToken() == null) {
        return new JsonLine(lines, members);
      }
    } catch (JsonParseException e) {
      throw lines.unreadable(
          lines.text(), "one JSON object a line (" + e.getOriginalMessage() + ")");
    }
    throw lines.unreadable(lines.text(), "one JSON object a line");
  }

  private static Object value(JsonParser parser, Lines lines)
      throws IOException, UnreadableHistory {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    if (token == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return parser.getLongValue();
    }
    throw lines.unreadable(lines.text(), "texts and whole numbers as members");
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  String text(String name) throws UnreadableHistory {
    if (members.remove(name) instanceof String text) {
      return text;
    }
    throw lines.unreadable(lines.text(), "a line like this with a text \"" + name + "\"");
  }

  long number(String name, long least) throws UnreadableHistory {
    if (members.remove(name) instanceof Long number && number >= least) {
      return number;
    }
    throw lines.unreadable(
        lines.text(), "a line like this with a whole number \"" + name + "\" of at least " + least);
  }

  /** Makes sure that nothing is left that nobody understood. */
  void end() throws UnreadableHistory {
    if (!members.isEmpty()) {
      throw lines.unreadable(
          lines.text(), "a line like this without \"" + members.keySet().iterator().next() + "\"");
    }
  }
}
