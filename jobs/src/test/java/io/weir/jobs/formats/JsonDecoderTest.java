package io.weir.jobs.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder;
import io.weir.operators.row.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDecoderTest {

  private static final FormatSettings FORMAT =
      Decoded.format(
          "source.format=json",
          "schema={url: string, status: long, ratio: double, ok: boolean, time: time, "
              + "seen: time, user.name: string, user.age: long, ts: long}");
  private static final TimeSettings TIME = Decoded.time("time", TimeSettings.Unit.ISO);
  private static final String AT = "\"time\":\"2015-05-17T10:05:03.999Z\"";
  private static final long AT_MILLIS = 1_431_857_103_999L;

  private static Decoder<Row> decoder(String... wanted) {
    return Decoded.open(FORMAT.decoder(Decoded.pick(FORMAT, wanted), TIME));
  }

  private static Row row(String column, String value) throws BrokenRecordException {
    return Decoded.of(decoder(column), "{" + AT + ",\"" + column + "\":" + value + "}").row();
  }

  @Test
  void fillsTheWantedColumnsInTheirOrder() throws BrokenRecordException {
    Decoded decoded =
        Decoded.of(
            decoder("ok", "time", "ratio", "url", "status", "seen"),
            "{\"status\":200,\"other\":[1,{\"status\":5}],"
                + AT
                + ",\"url\":\"/\\u00e4\\\"\",\"ratio\":0.25,\"ok\":true,\"seen\":\"2015-05-17\"}");

    Row expected = new Row(6);
    expected.setBoolean(0, true);
    expected.setLong(1, AT_MILLIS * 1_000);
    expected.setDouble(2, 0.25);
    expected.setText(3, "/ä\"");
    expected.setLong(4, 200);
    expected.setLong(5, 1_431_820_800_000_000L);
    assertThat(decoded).isEqualTo(new Decoded(expected, AT_MILLIS));
  }

  @Test
  void needsTheTimeEvenWhereNobodyWantsIt() throws BrokenRecordException {
    Decoder<Row> decoder = decoder();

    assertThat(Decoded.of(decoder, "{" + AT + "}").timeMillis()).isEqualTo(AT_MILLIS);
    for (String record : new String[] {"{}", "{\"time\":null}", "{" + AT + ",\"time\":null}"}) {
      assertThatThrownBy(() -> Decoded.of(decoder, record))
          .isInstanceOf(BrokenRecordException.class)
          .hasMessage("the event time is missing");
    }
  }

  @Test
  void takesMissingAndNullForNull() throws BrokenRecordException {
    Row row = Decoded.of(decoder("url", "status"), "{" + AT + ",\"status\":null}").row();

    assertThat(row).isEqualTo(new Row(2));
  }

  @Test
  void letsTheLastOfTwoValuesWin() throws BrokenRecordException {
    Row row = Decoded.of(decoder("status"), "{\"status\":1," + AT + ",\"status\":2}").row();
    Row none = Decoded.of(decoder("status"), "{\"status\":1," + AT + ",\"status\":null}").row();

    assertThat(row.longAt(0)).isEqualTo(2);
    assertThat(none.isNull(0)).isTrue();
  }

  @Test
  void readsMembersOfObjectsByDottedNames() throws BrokenRecordException {
    Decoder<Row> decoder = decoder("user.name", "user.age");

    Row nested = Decoded.of(decoder, "{\"user\":{\"name\":\"a\",\"age\":7}," + AT + "}").row();
    Row literal = Decoded.of(decoder, "{\"user.name\":\"a\",\"user.age\":7," + AT + "}").row();
    Row twice = Decoded.of(decoder, "{\"user\":{\"age\":7},\"user\":{}," + AT + "}").row();
    Row absent = Decoded.of(decoder, "{\"user\":null," + AT + "}").row();

    assertThat(nested.textAt(0)).isEqualTo("a");
    assertThat(nested.longAt(1)).isEqualTo(7);
    assertThat(literal).isEqualTo(nested);
    assertThat(twice).isEqualTo(new Row(2));
    assertThat(absent).isEqualTo(new Row(2));
    assertThatThrownBy(() -> Decoded.of(decoder, "{\"user\":3," + AT + "}"))
        .hasMessage("member user must be an object");
  }

  @Test
  void keepsADottedMemberBesideAnObjectThatLacksIt() throws BrokenRecordException {
    Decoder<Row> decoder = decoder("user.name", "user.age");

    Row before = Decoded.of(decoder, "{\"user.name\":\"a\",\"user\":{\"age\":7}," + AT + "}").row();
    Row behind = Decoded.of(decoder, "{\"user\":{\"age\":7},\"user.name\":\"a\"," + AT + "}").row();
    Row none = Decoded.of(decoder, "{\"user.name\":\"a\",\"user\":null," + AT + "}").row();

    assertThat(before.textAt(0)).isEqualTo("a");
    assertThat(before.longAt(1)).isEqualTo(7);
    assertThat(behind).isEqualTo(before);
    assertThat(none.textAt(0)).isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "status | \"200\" | column status must be a whole number, not \"200\"",
        "status | 1.0 | column status must be a whole number, not 1.0",
        "status | 1e3 | column status must be a whole number, not 1e3",
        "status | 9223372036854775808 | column status must be a whole number, not 9223372036854775808",
        "status | true | column status must be a whole number, not true",
        "status | [1] | column status must be a whole number, not an array",
        "ratio | \"0.5\" | column ratio must be a number, not \"0.5\"",
        "ratio | 1e999 | column ratio must be a number, not Infinity",
        "ok | 1 | column ok must be true or false, not 1",
        "ok | \"true\" | column ok must be true or false, not \"true\"",
        "url | 5 | column url must be a text, not 5",
        "url | {} | column url must be a text, not an object",
        "seen | 1431857103 | column seen must be an instant in iso, not 1431857103",
        "time | \"yesterday\" | column time must be an instant in iso, not \"yesterday\"",
      })
  void namesTheColumnAndWhatItFound(String column, String value, String message) {
    assertThatThrownBy(() -> row(column, value))
        .isInstanceOf(BrokenRecordException.class)
        .hasMessage(message);
  }

  @Test
  void shortensWhatItFound() {
    assertThatThrownBy(() -> row("status", '"' + "x".repeat(59) + "😀tail\""))
        .hasMessage("column status must be a whole number, not \"" + "x".repeat(59) + "...");
    assertThatThrownBy(() -> row("status", '"' + "x".repeat(58) + "😀tail\""))
        .hasMessage("column status must be a whole number, not \"" + "x".repeat(58) + "...");
  }

  @Test
  void acceptsWholeNumbersWhereNumbersBelong() throws BrokenRecordException {
    assertThat(row("ratio", "3").doubleAt(0)).isEqualTo(3.0);
    assertThat(row("ratio", "-0.0").doubleAt(0)).isEqualTo(-0.0);
    assertThat(row("ratio", "100000000000000000000000000000").doubleAt(0)).isEqualTo(1e29);
    assertThat(row("status", "-9223372036854775808").longAt(0)).isEqualTo(Long.MIN_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "5",
        "\"text\"",
        "[]",
        "{",
        "}",
        "{\"time\"}",
        "{@}x",
        "{@}{}",
        "{@,}",
        "{@ \"a\":1}",
        "{@,\"a\":NaN}",
        "{@,\"a\":01}",
        "{@,'a':1}",
        "{@,\"a\":\"\n\"}",
        "{@,\"a\":[1,2}",
        "{@,\"a\":tru}",
        "{@,\"a\":{\"b\":}}",
        "{@,\"a\":\"\\x\"}",
        "{@,//\n\"a\":1}"
      })
  void refusesWhatIsNotOneObject(String record) {
    assertThatThrownBy(() -> Decoded.of(decoder("url"), record.replace("@", AT)))
        .isInstanceOf(BrokenRecordException.class)
        .hasMessageStartingWith("JSON: ");
  }

  @Test
  void refusesBottomlessNestingWithoutFailing() {
    String record = "{" + AT + ",\"a\":" + "[".repeat(100_000) + "}";

    assertThatThrownBy(() -> Decoded.of(decoder("url"), record))
        .isInstanceOf(BrokenRecordException.class);
  }

  @Test
  void readsTheTimeInItsUnit() throws BrokenRecordException {
    TimeSettings seconds = Decoded.time("time", TimeSettings.Unit.S);
    Decoder<Row> decoder =
        Decoded.open(FORMAT.decoder(Decoded.pick(FORMAT, "time", "seen"), seconds));

    Decoded decoded = Decoded.of(decoder, "{\"time\":1431857103,\"seen\":\"2015-05-17\"}");

    assertThat(decoded.timeMillis()).isEqualTo(1_431_857_103_000L);
    assertThat(decoded.row().longAt(0)).isEqualTo(1_431_857_103_000_000L);
    assertThatThrownBy(() -> Decoded.of(decoder, "{\"time\":253402300800}"))
        .hasMessage("column time must be an instant in s, not 253402300800");
    assertThatThrownBy(() -> Decoded.of(decoder, "{\"time\":\"1431857103\"}"))
        .hasMessage("column time must be an instant in s, not \"1431857103\"");
  }

  @Test
  void keepsTheNumberOfATimeThatIsDeclaredAsLong() throws BrokenRecordException {
    TimeSettings micros = Decoded.time("ts", TimeSettings.Unit.US);
    Decoder<Row> decoder = Decoded.open(FORMAT.decoder(Decoded.pick(FORMAT, "ts"), micros));

    Decoded decoded = Decoded.of(decoder, "{\"ts\":-1}");

    assertThat(decoded.timeMillis()).isEqualTo(-1);
    assertThat(decoded.row().longAt(0)).isEqualTo(-1);
  }
}
