package io.weir.consensus.http.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Constants and times as texts. */
final class Names {

  private Names() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static <E extends Enum<E>> E read(Class<E> type, JsonNode object, String field) {
    String name = Json.text(object, field);
    for (E constant : type.getEnumConstants()) {
      if (of(constant).equals(name)) {
        return constant;
      }
    }
    throw Json.wrong(object, field, "one of " + all(type));
  }

  private static <E extends Enum<E>> String all(Class<E> type) {
    StringBuilder names = new StringBuilder();
    for (E constant : type.getEnumConstants()) {
      names.append(names.isEmpty() ? "" : ", ").append(of(constant));
    }
    return names.toString();
  }

  /** To the millisecond, as it will be kept. */
  static Instant time(JsonNode object, String field) {
    try {
      return Instant.ofEpochMilli(Instant.parse(Json.text(object, field)).toEpochMilli());
    } catch (DateTimeParseException | ArithmeticException e) {
      throw Json.wrong(object, field, "a time such as 2026-01-31T12:00:00Z");
    }
  }
}
