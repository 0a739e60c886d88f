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

class CsvDecoderTest {

  private static final FormatSettings FORMAT =
      Decoded.format(
          "source.format=csv",
          "schema={time: time, url: string, status: long, ratio: double, ok: boolean}");

  private static Decoder<Row> decoder(FormatSettings format, String... wanted) {
    return Decoded.open(
        format.decoder(Decoded.pick(format, wanted), Decoded.time("time", TimeSettings.Unit.ISO)));
  }

  private static Row row(String record) throws BrokenRecordException {
    return Decoded.of(decoder(FORMAT, "url", "status", "ratio", "ok"), record).row();
  }

  @Test
  void fillsTheWantedColumnsInTheirOrder() throws BrokenRecordException {
    Decoded decoded =
        Decoded.of(
            decoder(FORMAT, "ok", "status", "url", "ratio", "time"),
            "2015-05-17T10:05:03.25Z,\"/a,\"\"b\"\"\nc\",-5,2.5e-1,true");

    Row expected = new Row(5);
    expected.setBoolean(0, true);
    expected.setLong(1, -5);
    expected.setText(2, "/a,\"b\"\nc");
    expected.setDouble(3, 0.25);
    expected.setLong(4, 1_431_857_103_250_000L);
    assertThat(decoded).isEqualTo(new Decoded(expected, 1_431_857_103_250L));
  }

  @Test
  void takesEmptyFieldsForNullButNotQuotedOnes() throws BrokenRecordException {
    Row expected = new Row(4);

    assertThat(row("2015-05-17,,,,")).isEqualTo(expected);
    expected.setText(0, "");
    assertThat(row("2015-05-17,\"\",\"\",\"\",\"\"")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "+7, 7",
    "007, 7",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808"
  })
  void readsWholeNumbers(String text, long expected) throws BrokenRecordException {
    assertThat(row("2015-05-17,," + text + ",,").longAt(1)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999",
        "1.0",
        "1e3",
        " 1",
        "1 ",
        "-",
        "+",
        "--1",
        "0x1",
        "one",
        "\u0661"
      })
  void refusesWhatIsNoWholeNumber(String text) {
    assertThatThrownBy(() -> row("2015-05-17,," + text + ",,"))
        .isInstanceOf(BrokenRecordException.class)
        .hasMessage("column status must be a whole number, not \"" + text + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "1e999", "0x1p3", "1d", "1,5", "", ".", "e", "1_0"})
  void refusesWhatIsNoNumber(String text) {
    assertThatThrownBy(() -> row("2015-05-17,,,\" " + text + "\","))
        .isInstanceOf(BrokenRecordException.class)
        .hasMessageStartingWith("column ratio must be a number");
    if (!text.isEmpty() && !text.contains(",")) {
      assertThatThrownBy(() -> row("2015-05-17,,," + text + ","))
          .isInstanceOf(BrokenRecordException.class)
          .hasMessageStartingWith("column ratio must be a number");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"True", "1", "yes", "truefalse"})
  void refusesWhatIsNeitherTrueNorFalse(String text) {
    assertThatThrownBy(() -> row("2015-05-17,,,," + text))
        .hasMessage("column ok must be true or false, not \"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | CSV: 0 records where one is expected",
        "2015-05-17 | CSV: 1 fields where there are 5 columns",
        "2015-05-17,,,,, | CSV: 6 fields where there are 5 columns",
        ",,,, | the event time is missing",
        "1431857103,,,, | column time must be an instant in iso, not \"1431857103\"",
      })
  void saysWhatIsWrong(String record, String message) {
    assertThatThrownBy(() -> row(record)).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2015-05-17,\"a,,,", "2015-05-17,\"a\"b,,,", "2015-05-17,,,,\n2015-05-17,,,,"})
  void refusesWhatIsNotOneRecord(String record) {
    assertThatThrownBy(() -> row(record))
        .isInstanceOf(BrokenRecordException.class)
        .hasMessageStartingWith("CSV: ");
  }

  @Test
  void goesOnAfterABrokenRecord() throws BrokenRecordException {
    Decoder<Row> decoder = decoder(FORMAT, "status");
    for (String broken : new String[] {"2015-05-17,\"a", "x,,1,,", "2015-05-17,,x,,", "", "\n\n"}) {
      assertThatThrownBy(() -> Decoded.of(decoder, broken))
          .isInstanceOf(BrokenRecordException.class);

      assertThat(Decoded.of(decoder, "2015-05-17,,7,,").row().longAt(0)).isEqualTo(7);
    }
  }

  @Test
  void usesOtherSeparatorsAndQuotes() throws BrokenRecordException {
    FormatSettings format =
        Decoded.format(
            "source={format: csv, csv: {separator: \"\\t\", quote: \"'\"}}",
            "schema={time: time, url: string}");

    Decoded decoded = Decoded.of(decoder(format, "url"), "\uFEFF2015-05-17\t'it''s\t\"'");

    assertThat(decoded.row().textAt(0)).isEqualTo("it's\t\"");
  }
}
