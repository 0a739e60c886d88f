package io.weir.jobs.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder;
import io.weir.operators.row.Row;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the bytes are, a decoder gives a row or calls the record broken, and reads the next
 * record as if nothing had been. {@code -Dseed=} replays a run.
 */
class MangledRecordsTest {

  private static final int ROUNDS = 10_000;
  private static final long SEED = Long.getLong("seed", 20_260_101);

  @TempDir private Path folder;
  private Random random = new Random(SEED);

  @BeforeEach
  void startOver() {
    random = new Random(SEED);
  }

  private static Decoder<Row> all(FormatSettings format) {
    return Decoded.open(
        format.decoder(format.schema(), Decoded.time("time", TimeSettings.Unit.ISO)));
  }

  @Test
  void json() {
    Decoder<Row> decoder =
        all(
            Decoded.format(
                "source.format=json",
                "schema={time: time, url: string, status: long, r: double, ok: boolean, u.n: string}"));
    String record =
        "{\"time\":\"2015-05-17T10:05:03Z\",\"url\":\"/\\u00e4\uD83D\uDE00\\n\",\"status\":200,"
            + "\"r\":-1.5e3,\"ok\":true,\"u\":{\"n\":\"x\",\"m\":[1,{}]},\"other\":null}";

    assertThat(survives(decoder, record.getBytes(StandardCharsets.UTF_8))).isBetween(0.01, 0.9);
  }

  @Test
  void accessLog() {
    Decoder<Row> decoder = all(Decoded.format("source.format=apache-combined"));
    String record =
        "192.0.2.7 - ann [17/May/2015:10:05:03 +0200] \"GET /a\\\"b HTTP/1.1\" 200 1234"
            + " \"http://example.org/\" \"curl/8 (\\x16; ä)\"";

    assertThat(survives(decoder, record.getBytes(StandardCharsets.UTF_8))).isBetween(0.01, 0.9);
  }

  @Test
  void csv() {
    Decoder<Row> decoder =
        all(
            Decoded.format(
                "source.format=csv",
                "schema={time: time, url: string, status: long, r: double, ok: boolean}"));
    String record = "2015-05-17T10:05:03Z,\"/ä,\"\"\n\uD83D\uDE00\",200,-1.5e3,true";

    assertThat(survives(decoder, record.getBytes(StandardCharsets.UTF_8))).isBetween(0.01, 0.9);
  }

  @Test
  void avro() {
    Decoder<Row> decoder = all(AvroDecoderTest.format(folder));

    assertThat(survives(decoder, AvroDecoderTest.bytes(AvroDecoderTest.visit(200))))
        .isBetween(0.01, 0.9);
  }

  /** The share of mangled records that still were good ones: neither none nor all of them. */
  private double survives(Decoder<Row> decoder, byte[] good) {
    Decoded expected = decode(decoder, good);
    assertThat(expected).isNotNull();
    for (int length = 0; length < good.length; length++) {
      decode(decoder, Arrays.copyOf(good, length));
    }
    int survivors = 0;
    for (int i = 0; i < ROUNDS; i++) {
      survivors += decode(decoder, mangled(good)) == null ? 0 : 1;
    }
    assertThat(decode(decoder, good)).isEqualTo(expected);
    return (double) survivors / ROUNDS;
  }

  private static @Nullable Decoded decode(Decoder<Row> decoder, byte[] record) {
    try {
      return Decoded.of(decoder, record);
    } catch (BrokenRecordException e) {
      assertThat(e.getMessage()).isNotBlank();
      return null;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("seed " + SEED + ": " + HexFormat.of().formatHex(record), e);
    }
  }

  private byte[] mangled(byte[] good) {
    byte[] record = good.clone();
    for (int changes = random.nextInt(3); changes >= 0; changes--) {
      int at = random.nextInt(record.length);
      switch (random.nextInt(5)) {
        case 0 -> record[at] = (byte) random.nextInt(256);
        case 1 -> record[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> record[at] = good[random.nextInt(good.length)];
        case 3 -> record = moved(record, at);
        default -> record = Arrays.copyOf(record, record.length + random.nextInt(3) - 1);
      }
    }
    return record;
  }

  /** The record with the bytes from a place on moved, so that one is lost or doubled. */
  private byte[] moved(byte[] record, int at) {
    byte[] moved = record.clone();
    int by = random.nextBoolean() ? 1 : -1;
    int from = Math.max(at, 1);
    int length = record.length - from - 1;
    if (length > 0) {
      System.arraycopy(record, from, moved, from + by, length);
    }
    return moved;
  }
}
