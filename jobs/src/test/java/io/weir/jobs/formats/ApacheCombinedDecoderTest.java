package io.weir.jobs.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder;
import io.weir.operators.row.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApacheCombinedDecoderTest {

  private static final FormatSettings FORMAT = Decoded.format("source.format=apache-combined");
  private static final String LINE =
      "192.0.2.7 - ann [17/May/2015:10:05:03 +0200] \"GET /a?b=c HTTP/1.1\" 200 1234"
          + " \"http://example.org/\" \"curl/8 (x; y)\"";

  private static Decoder<Row> decoder(String... wanted) {
    return Decoded.open(
        FORMAT.decoder(Decoded.pick(FORMAT, wanted), Decoded.time("time", TimeSettings.Unit.ISO)));
  }

  private static List<String> values(String line) throws BrokenRecordException {
    String[] names = FORMAT.schema().names().toArray(new String[0]);
    Row row = Decoded.of(decoder(names), line).row();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      boolean text = FORMAT.schema().type(i).isText();
      values.add(row.isNull(i) ? "null" : text ? row.textAt(i) : "" + row.longAt(i));
    }
    return values;
  }

  @Test
  void readsEveryField() throws BrokenRecordException {
    assertThat(values(LINE))
        .containsExactly(
            "192.0.2.7",
            "null",
            "ann",
            "1431849903000000",
            "GET",
            "/a?b=c",
            "HTTP/1.1",
            "200",
            "1234",
            "http://example.org/",
            "curl/8 (x; y)");
  }

  @Test
  void fillsTheWantedColumnsInTheirOrder() throws BrokenRecordException {
    Decoded decoded = Decoded.of(decoder("bytes", "host"), LINE);

    Row expected = new Row(2);
    expected.setLong(0, 1234);
    expected.setText(1, "192.0.2.7");
    Instant time = Instant.parse("2015-05-17T08:05:03Z");
    assertThat(decoded).isEqualTo(new Decoded(expected, time.toEpochMilli()));
  }

  @Test
  void takesDashesForNothing() throws BrokenRecordException {
    String line = "- - - [17/May/2015:10:05:03 +0000] \"-\" - - \"-\" \"-\"";

    assertThat(values(line))
        .containsExactly(
            "null",
            "null",
            "null",
            "1431857103000000",
            "null",
            "-",
            "null",
            "null",
            "0",
            "null",
            "null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "GET /a HTTP/1.1      | GET | /a | HTTP/1.1",
        "GET /a b  c HTTP/1.0 | GET | /a b  c | HTTP/1.0",
        "M-SEARCH * HTTP/1.1  | M-SEARCH | * | HTTP/1.1",
        "GET /                | - | GET / | -",
        "GET / FTP/1          | - | GET / FTP/1 | -",
        "GET HTTP/1.1         | - | GET HTTP/1.1 | -",
        "GET  HTTP/1.1        | - | GET  HTTP/1.1 | -",
        "G=T / HTTP/1.1       | - | G=T / HTTP/1.1 | -",
        "\\x16\\x03\\x01      | - | \\x16\\x03\\x01 | -",
        "GET /\\\"q\\\" HTTP/1.1  | GET | /\"q\" | HTTP/1.1",
        "GET /\\\\ HTTP/1.1   | GET | /\\ | HTTP/1.1",
        "GET /\\\\\\\" HTTP/1.1   | GET | /\\\" | HTTP/1.1",
        "GET /ä HTTP/2.0      | GET | /ä | HTTP/2.0",
        "``                   | - | `` | -",
      })
  void takesRequestsApartWhereItCan(String request, String method, String url, String protocol)
      throws BrokenRecordException {
    Row row =
        Decoded.of(
                decoder("method", "url", "protocol"), LINE.replace("GET /a?b=c HTTP/1.1", request))
            .row();

    Row expected = new Row(3);
    expected.setText(1, url);
    if (method != null) {
      expected.setText(0, method);
      expected.setText(2, protocol);
    }
    assertThat(row).isEqualTo(expected);
  }

  @Test
  void allowsSpacesInUsers() throws BrokenRecordException {
    assertThat(values(LINE.replace(" ann ", " ann b. ")).get(2)).isEqualTo("ann b.");
  }

  @Test
  void findsQuotesAtEveryPlaceOfAWord() throws BrokenRecordException {
    for (int length = 0; length < 40; length++) {
      String agent = "é".repeat(length / 2) + "x".repeat(length);

      assertThat(values(LINE.replace("curl/8 (x; y)", agent)).get(10)).isEqualTo(agent);
      assertThat(values(LINE.replace("curl/8 (x; y)", agent + "\\\"")).get(10))
          .isEqualTo(agent + '"');
    }
  }

  @Test
  void remembersNoDayWrongly() throws BrokenRecordException {
    Decoder<Row> decoder = decoder();
    String[] dates = {"17/May/2015", "17/May/2015", "17/Jun/2015", "17/Jun/2016", "18/Jun/2016"};
    String[] expected = {"2015-05-17", "2015-05-17", "2015-06-17", "2016-06-17", "2016-06-18"};
    for (int i = 0; i < dates.length; i++) {
      long millis = Decoded.of(decoder, LINE.replace("17/May/2015", dates[i])).timeMillis();

      assertThat(Instant.ofEpochMilli(millis)).isEqualTo(expected[i] + "T08:05:03Z");
    }
    assertThatThrownBy(() -> Decoded.of(decoder, LINE.replace("17/May/2015", "31/Jun/2016")))
        .isInstanceOf(BrokenRecordException.class);
    assertThatThrownBy(() -> Decoded.of(decoder, LINE.replace("17/May/2015", "31/Jun/2016")))
        .isInstanceOf(BrokenRecordException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "17/may/2015:10:05:03 +0200",
        "17-May-2015:10:05:03 +0200",
        "00/May/2015:10:05:03 +0200",
        "29/Feb/2015:10:05:03 +0200",
        "17/May/0000:10:05:03 +0200",
        "17/May/2015:24:05:03 +0200",
        "17/May/2015:10:60:03 +0200",
        "17/May/2015:10:05:60 +0200",
        "17/May/2015 10:05:03 +0200",
        "17/May/2015:10:05:03 *0200",
        "17/May/2015:10:05:03 +1900",
        "17/May/2015:10:05:03 +02x0",
        "01/Jan/0001:00:00:00 +0100",
        "17/May/2015:10:05:03+02000",
        "1/May/2015:10:05:03 +0200",
        ""
      })
  void refusesWhatIsNoTime(String time) {
    assertThatThrownBy(
            () -> Decoded.of(decoder(), LINE.replace("17/May/2015:10:05:03 +0200", time)))
        .isInstanceOf(BrokenRecordException.class)
        .hasMessage("the time is not like [17/May/2015:10:05:03 +0000]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "(x; y)\" | (x; y) | the agent has no closing quote",
        "(x; y)\" | (x; y)\\\" | the agent has no closing quote",
        "(x; y)\" | `(x; y)\" ` | the agent is followed by something else",
        "(x; y)\" | (x; y)\" 5 | the agent is followed by something else",
        "(x; y)\" | (x; y)\"5 | the agent is not followed by a space",
        "\" 200 | \" 2x0 | the status is not followed by a space",
        "\" 200 | \" x | the status is no number",
        "1234 | 1234567890123456789 | the bytes is no number",
        "1234 | -1 | the bytes is not followed by a space",
        "\"GET | GET | the request has no opening quote",
        "192.0.2.7 | `` | the host is missing",
        "[17 | 17 | the user is not followed by a time in brackets",
      })
  void saysWhatIsWrong(String good, String bad, String message) {
    assertThatThrownBy(() -> Decoded.of(decoder("url"), LINE.replace(good, bad)))
        .isInstanceOf(BrokenRecordException.class)
        .hasMessage(message);
  }

  @Test
  void refusesALineCutAnywhere() {
    for (int length = 0; length < LINE.length(); length++) {
      String cut = LINE.substring(0, length);

      assertThatThrownBy(() -> Decoded.of(decoder("url"), cut))
          .as("%s", cut)
          .isInstanceOf(BrokenRecordException.class);
    }
  }
}
