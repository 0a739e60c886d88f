package io.weir.jobs.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder;
import io.weir.operators.row.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A log that nobody here wrote, with the answers that stand beside it. */
class RealAccessLogTest {

  private static final FormatSettings FORMAT = Decoded.format("source.format=apache-combined");

  private final Set<String> hosts = new HashSet<>();
  private final Map<Instant, long[]> minutes = new HashMap<>();
  private final List<String> broken = new ArrayList<>();
  private long bytes;
  private int rows;

  private static Path file(String name) {
    Path data =
        Optional.ofNullable(System.getenv("WEIR_SHARED_DATA"))
            .map(Path::of)
            .orElse(Path.of("../../shared/data"));
    Path file = data.resolve("web-logs").resolve(name);
    Assumptions.assumeTrue(Files.exists(file), file + " is not there");
    return file;
  }

  @Test
  void hasTheAnswersThatAreKnown() throws IOException {
    Decoder<Row> decoder =
        Decoded.open(
            FORMAT.decoder(
                Decoded.pick(FORMAT, "bytes", "host", "status"),
                Decoded.time("time", TimeSettings.Unit.ISO)));
    int line = 0;
    for (String text : Files.readAllLines(file("apache.log"))) {
      line++;
      read(decoder, line, text);
    }

    assertThat(rows).isEqualTo(9_999);
    assertThat(broken).containsExactly("8899: the agent has no closing quote");
    assertThat(bytes).isEqualTo(2_747_282_505L);
    assertThat(hosts).hasSize(1_753);
    assertThat(minutes.values().stream().mapToLong(m -> m[0]).sum()).isEqualTo(9_999);
    for (String expected : Files.readAllLines(file("apache.per-minute.csv")).subList(1, 11)) {
      assertMinute(expected.split(","));
    }
  }

  private void read(Decoder<Row> decoder, int line, String text) {
    try {
      decoder.decode(text.getBytes(StandardCharsets.UTF_8), this::count);
    } catch (BrokenRecordException e) {
      broken.add(line + ": " + e.getMessage());
    }
  }

  private void count(Row row, long timeMillis) {
    Instant minute = Instant.ofEpochMilli(timeMillis).truncatedTo(ChronoUnit.MINUTES);
    long[] sums = minutes.computeIfAbsent(minute, start -> new long[4]);
    sums[0]++;
    sums[1] += row.longAt(0);
    sums[2] += row.longAt(2) / 100 == 5 ? 1 : 0;
    sums[3] += row.longAt(2) / 100 == 4 ? 1 : 0;
    bytes += row.longAt(0);
    hosts.add(row.textAt(1));
    rows++;
  }

  // windowStart,count,distinctHosts,sumBytes,p95Bytes,errors5xx,errors4xx
  private void assertMinute(String[] expected) {
    assertThat(minutes.get(Instant.parse(expected[0])))
        .containsExactly(
            Long.parseLong(expected[1]),
            Long.parseLong(expected[3]),
            Long.parseLong(expected[5]),
            Long.parseLong(expected[6]));
  }
}
