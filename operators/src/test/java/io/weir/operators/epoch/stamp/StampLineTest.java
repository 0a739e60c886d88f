package io.weir.operators.epoch.stamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StampLineTest {

  private static final String LINE =
      "{\"record\":\"a.log@7\",\"operator\":\"where\",\"subtask\":3,\"epoch\":9,\"version\":2,"
          + "\"job\":\"9c1e\",\"attempt\":1,\"restored\":8}";

  private static Stamp of(String record) {
    return new Stamp(record, "where", 3, 9, 2, "9c1e", 1, 8);
  }

  @Test
  void isOneLineOfJsonThatReadsBack() {
    assertThat(StampLine.encode(of("a.log@7"))).isEqualTo(LINE);
    assertThat(StampLine.decode(LINE)).isEqualTo(of("a.log@7"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"", "\\", "a\"b\\c", "two\nlines\r\t\0", "Grüße 水 🌊", "\\u0041"})
  void takesAnyText(String record) {
    String line = StampLine.encode(of(record));

    assertThat(line).doesNotContain("\n").doesNotContain("\r");
    assertThat(StampLine.decode(line)).isEqualTo(of(record));
  }

  @Test
  void takesTheLargestNumbers() {
    Stamp largest =
        new Stamp("r", "o", Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, "j", 0, 0);

    assertThat(StampLine.decode(StampLine.encode(largest))).isEqualTo(largest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "record,operator,subtask",
        "{\"operator\":\"where\"}",
        "{\"record\":\"a.log@7",
        "{\"record\":\"a\\"
      })
  void refusesAnotherLineAndSaysWhatIsAllowed(String line) {
    assertThatThrownBy(() -> StampLine.decode(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found '")
        .hasMessageContaining("allowed: {\"record\":TEXT,");
  }

  @Test
  void refusesALineThatSomebodyHasSpoiled() {
    assertThatThrownBy(() -> StampLine.decode(LINE + " ")).hasMessageContaining("found ' '");
    assertThatThrownBy(() -> StampLine.decode(LINE.replace(":3,", ":,")))
        .hasMessageContaining("found ',\"epoch\":9");
    assertThatThrownBy(() -> StampLine.decode(LINE.replace(":3,", ":4294967296,")))
        .hasMessageContaining("found '4294967296");
    assertThatThrownBy(() -> StampLine.decode(LINE.replace(":2,", ":-2,")))
        .hasMessageContaining("found '-2");
    assertThatThrownBy(() -> StampLine.decode(LINE.replace(":2,", ":99999999999999999999,")))
        .hasMessageContaining("found '99999");
    assertThatThrownBy(() -> StampLine.decode(LINE.replace("a.log", "\\q")))
        .hasMessageContaining("allowed: ");
    for (int end = 0; end < LINE.length(); end++) {
      String cut = LINE.substring(0, end);
      assertThatThrownBy(() -> StampLine.decode(cut)).hasMessageContaining("allowed: ");
    }
  }

  @Test
  void refusesAnEpochBeforeTheCheckpointThatTheAttemptBeganFrom() {
    assertThatThrownBy(() -> StampLine.decode(LINE.replace(":9,", ":7,")))
        .hasMessage("epoch 7 must not be before checkpoint 8, which the attempt was restored from");
  }

  @Test
  void crossesNetworksWithoutKryo() {
    assertThat(Stamp.OUTPUT.getTypeInfo()).isInstanceOf(PojoTypeInfo.class);
    assertThat(((PojoTypeInfo<?>) Stamp.OUTPUT.getTypeInfo()).getArity()).isEqualTo(8);
  }
}
