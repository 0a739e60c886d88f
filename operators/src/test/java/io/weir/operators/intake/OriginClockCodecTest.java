package io.weir.operators.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.operators.intake.OriginClock.Held;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.flink.types.StringValue;
import org.junit.jupiter.api.Test;

class OriginClockCodecTest {

  private static final int RECORD_BYTES = 100_000;

  @Test
  void writesARecordOnceHoweverManyOfItsValuesAreHeldBack() throws IOException {
    OriginClock clock = new OriginClock("spans-0");
    for (int index = 0; index < 255; index += 3) {
      hold(clock, RawRecord.data("spans-0", index, new byte[RECORD_BYTES]), index);
    }
    RawRecord large = RawRecord.data("spans-0", 7, new byte[RECORD_BYTES]);
    for (int index = 0; index < 170; index++) {
      hold(clock, large, index);
    }

    byte[] written = OriginClockCodec.write(clock);
    List<Held> read = List.copyOf(OriginClockCodec.read(written).held());

    assertThat(written.length).isBetween(86 * RECORD_BYTES, 87 * RECORD_BYTES);
    assertThat(read).hasSize(255);
    assertThat(read.subList(85, 255)).extracting(Held::record).containsOnly(read.get(85).record());
    assertThat(read).extracting(Held::index).endsWith(167, 168, 169);
    assertThat(read.get(85).record()).isNotSameAs(read.get(84).record());
  }

  @Test
  void toldValuesBetweenThoseOfARecordDoNotPartThem() throws IOException {
    OriginClock clock = new OriginClock("spans-0");
    RawRecord record = RawRecord.data("spans-0", 7, new byte[] {1, 2});
    hold(clock, record, 0);
    clock.remember(1_000, 0);
    hold(clock, record, 1);

    List<Held> read = List.copyOf(OriginClockCodec.read(OriginClockCodec.write(clock)).held());

    assertThat(read.get(1).record()).isNull();
    assertThat(read.get(2).record()).isSameAs(read.get(0).record());
    assertThat(read.get(0).record())
        .satisfies(found -> assertThat(found.bytes()).containsExactly(1, 2))
        .satisfies(found -> assertThat(found.position()).isEqualTo(7));
  }

  @Test
  void readsTheFormatBefore() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(3);
    StringValue.writeString("spans-0", out);
    out.writeLong(5_000);
    out.writeLong(12);
    out.writeInt(2);
    for (int index = 0; index < 2; index++) {
      out.writeLong(9_000 + index);
      out.writeLong(11);
      out.writeInt(index);
      out.writeBoolean(index == 0);
      if (index == 0) {
        out.writeLong(7);
        out.writeInt(1);
        out.writeByte('x');
      }
    }

    OriginClock read = OriginClockCodec.read(bytes.toByteArray());

    assertThat(read.time()).isEqualTo(5_000);
    assertThat(read.onTime()).isEqualTo(12);
    assertThat(read.held()).extracting(Held::time).containsExactly(9_000L, 9_001L);
    assertThat(read.held().getFirst().record())
        .satisfies(record -> assertThat(record.bytes()).containsExactly('x'));
    assertThat(read.held().getLast().record()).isNull();
  }

  @Test
  void refusesAFormatThatItDoesNotKnow() {
    assertThatThrownBy(() -> OriginClockCodec.read(new byte[] {5, 0}))
        .isInstanceOf(IOException.class)
        .hasMessage("a clock of format 5; this build reads 3 to 4");
  }

  private static void hold(OriginClock clock, RawRecord record, int index) {
    clock.hold(1_000, 0, record, index);
  }
}
