package io.weir.jobs.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.weir.jobs.generator.Account.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EventMakerTest {

  private static final String[] MIXED = {
    "disorder=5s", "duplicates=0.05", "late=0.05", "ahead={share: 0.05}", "broken=0.1"
  };
  private static final int EVENTS = 20_000;

  @Test
  void writesEventsAsJsonWithTheTimesOfTheAccount() throws IOException {
    GeneratorSettings settings = Settings.of(MIXED);
    Account account = new Account(settings);
    EventMaker maker = new EventMaker(settings);

    for (long i = 0; i < EVENTS; i++) {
      byte[] bytes = maker.make(i);
      if (account.kindOf(i) != Kind.BROKEN) {
        Map<String, String> event = parse(bytes);
        assertThat(event.keySet())
            .containsExactly("id", "time", "host", "method", "url", "status", "bytes", "agent");
        assertThat(event).containsEntry("id", Long.toString(account.originalOf(i)));
        assertThat(Instant.parse(Objects.requireNonNull(event.get("time"))).toEpochMilli())
            .isEqualTo(account.timeMillis(i));
      }
    }
  }

  @Test
  void breaksBrokenEventsForEveryReader() {
    GeneratorSettings settings = Settings.of(MIXED);
    Account account = new Account(settings);
    EventMaker maker = new EventMaker(settings);

    for (long i = 0; i < EVENTS; i++) {
      if (account.kindOf(i) == Kind.BROKEN) {
        byte[] bytes = maker.make(i);
        assertThat(bytes).isNotEmpty();
        assertThatThrownBy(() -> Instant.parse(String.valueOf(parse(bytes).get("time"))))
            .isNotNull();
      }
    }
  }

  @Test
  void repeatsDuplicatesByteForByte() {
    GeneratorSettings settings = Settings.of(MIXED);
    Account account = new Account(settings);
    EventMaker maker = new EventMaker(settings);

    for (long i = 0; i < EVENTS; i++) {
      if (account.kindOf(i) == Kind.DUPLICATE) {
        assertThat(maker.make(i)).isEqualTo(maker.make(account.originalOf(i)));
      }
    }
  }

  @Test
  void writesApachesCombinedFormatWithWholeSeconds() {
    String[] lines = java.util.Arrays.copyOf(MIXED, MIXED.length + 1);
    lines[MIXED.length] = "format=apache-combined";
    GeneratorSettings settings = Settings.of(lines);
    Account account = new Account(settings);
    EventMaker maker = new EventMaker(settings);
    Pattern combined =
        Pattern.compile(
            "10\\.[\\d.]+ - - \\[(.*)] \"[A-Z]+ /\\S* HTTP/1.1\" \\d{3} \\d+ \"-\" \".+\"");
    DateTimeFormatter times = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT);

    for (long i = 0; i < EVENTS; i++) {
      Matcher line = combined.matcher(new String(maker.make(i), StandardCharsets.US_ASCII));
      if (account.kindOf(i) == Kind.BROKEN) {
        assertThat(line.matches() && !line.group(1).equals("yesterday")).isFalse();
      } else {
        assertThat(line.matches()).isTrue();
        assertThat(ZonedDateTime.parse(line.group(1), times).toEpochSecond())
            .isEqualTo(Math.floorDiv(account.timeMillis(i), 1000));
      }
    }
  }

  private static Map<String, String> parse(byte[] json) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        fields.put(name, parser.getText());
      }
      assertThat(parser.currentToken()).isEqualTo(JsonToken.END_OBJECT);
      assertThat(parser.nextToken()).isNull();
    }
    return fields;
  }
}
