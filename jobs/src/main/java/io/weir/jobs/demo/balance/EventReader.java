package io.weir.jobs.demo.balance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Reads JSON events with Jackson, and nothing of the job's own reader. */
final class EventReader {

  private static final JsonFactory FACTORY = new JsonFactory();

  private EventReader() {}

  /** The event, or null if the bytes are none. */
  static @Nullable Event read(byte[] bytes) {
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      return event(parser);
    } catch (JsonProcessingException | DateTimeParseException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot be read", e);
    }
  }

  private static @Nullable Event event(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return null;
    }
    Long id = null;
    Long time = null;
    String host = null;
    String url = null;
    Long status = null;
    Long bytes = null;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      switch (name) {
        case "id" -> id = parser.getLongValue();
        case "host" -> host = parser.getText();
        case "url" -> url = parser.getText();
        case "status" -> status = parser.getLongValue();
        case "bytes" -> bytes = parser.getLongValue();
        case "time" -> time = Instant.parse(parser.getText()).toEpochMilli();
        default -> parser.skipChildren();
      }
    }
    boolean whole = parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
    return whole
            && id != null
            && time != null
            && host != null
            && url != null
            && status != null
            && bytes != null
        ? new Event(id, time, host, url, status, bytes)
        : null;
  }
}
