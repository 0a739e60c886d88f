package io.weir.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.jobs.analytics.AnalyticsRules;
import io.weir.jobs.demo.Progress.Count;
import io.weir.jobs.demo.Progress.Events;
import io.weir.jobs.demo.Progress.Places;
import io.weir.jobs.demo.Progress.Stored;
import io.weir.jobs.demo.Progress.Window;
import io.weir.jobs.demo.rules.Standing;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DashboardTest {

  private static final Places PLACES =
      new Places(
          "http://127.0.0.1:8081", "psql -p 5432", Path.of("/tmp/store.yaml"), Path.of("/tmp"));
  private static final Window WINDOW =
      new Window("20:15:30", "1-2", 7_412, 3_204, 21_012, "/ 871  /item/1 436", 2_340);
  private static final Window DRAINED = new Window("20:15:35", "2", 12, 9, 3_000, "/ 3", -4_000);

  private static final Standing RULES =
      new Standing(
          2,
          23,
          8,
          Duration.ofMillis(1_141),
          new AnalyticsRules("status < 400", Map.of("top", 2)),
          "");

  private static Progress progress(Duration elapsed, List<Window> windows) {
    return new Progress(
        "generating",
        elapsed,
        Duration.ofSeconds(60),
        new Events(55_512, 1_502.4),
        new Stored(
            84,
            1.2,
            556,
            windows,
            List.of(new Count("200", 66_030), new Count("304", 3_710)),
            List.of(new Count("/", 9_871))),
        RULES,
        PLACES);
  }

  @Test
  void showsWhatTheNewestWindowsHold() {
    List<String> frame =
        Dashboard.frame(progress(Duration.ofSeconds(37), List.of(DRAINED, WINDOW)));

    assertThat(frame.get(0)).endsWith("  generating 0:37 of 1:00").hasSize(Dashboard.COLUMNS);
    assertThat(frame)
        .contains(
            "generated          55,512     1,502/s     dead letters        556",
            "rows stored            84       1.2/s     latency           2.3 s",
            "version 2 in force on all 8 subtasks since checkpoint 23, 1,141 ms after commit",
            "  where status < 400",
            "window    rules  requests  latency  200: hosts  p95 bytes  top urls",
            "20:15:35  2            12                    9      3,000  / 3",
            "20:15:30  1-2       7,412    2.3 s       3,204     21,012  / 871  /item/1 436",
            "last minute  by status 200 66,030  304 3,710",
            "web UI: http://127.0.0.1:8081",
            "rows:   psql -p 5432",
            "rules:  export WEIR_STORE=/tmp/store.yaml",
            "        echo 'where: status == 200' | ./weir config set analytics -");
  }

  @Test
  void saysWhatIsWrongWithAVersionThatTheJobRefuses() {
    Standing refused =
        new Standing(2, 23, 8, Duration.ofMillis(87), RULES.rules(), "version 3 refused: why");

    assertThat(Dashboard.saying(refused)).isEqualTo("version 3 refused: why");
    assertThat(Dashboard.saying(Standing.none())).isEqualTo("every event counts");
    assertThat(Dashboard.inForce(Standing.none())).isEqualTo("no version in force yet");
  }

  @Test
  void fitsEightyColumnsAndTwentyFourLinesWhateverThereIsToShow() {
    Window wide =
        new Window(
            "20:15:30",
            "1000-1200",
            99_999_999,
            1_000_000,
            9_999_999,
            "/item/123456 99999  ".repeat(9),
            0);
    Progress empty =
        new Progress(
            "draining",
            Duration.ofHours(24),
            Duration.ofHours(24),
            new Events(0, 0),
            Stored.NOTHING,
            Standing.none(),
            PLACES);

    List<String> full =
        Dashboard.frame(progress(Duration.ofSeconds(5), Collections.nCopies(20, wide)));

    assertThat(full).hasSizeLessThan(24).allMatch(line -> line.length() < 80);
    assertThat(Dashboard.frame(empty))
        .hasSameSizeAs(full)
        .allMatch(line -> line.length() < 80)
        .anyMatch(line -> line.endsWith("none yet"));
  }

  @Test
  void aTerminalIsRedrawnInPlaceInOneWrite() {
    StringWriter out = new StringWriter();
    TerminalScreen screen = new TerminalScreen(new PrintWriter(out));
    Progress progress = progress(Duration.ofSeconds(1), List.of(WINDOW));

    screen.show(progress);
    int lines = (int) out.toString().lines().count();
    out.getBuffer().setLength(0);
    screen.show(progress);
    String second = out.toString();
    screen.say("done");
    out.getBuffer().setLength(0);
    screen.show(progress);

    assertThat(second).contains("\u001b[" + (lines - 1) + "A\r").contains("7,412");
    assertThat(out.toString()).as("below a line that stays").doesNotContain("A\r");
  }

  @Test
  void aLogGetsALineEveryTenSeconds() {
    StringWriter out = new StringWriter();
    PlainScreen screen = new PlainScreen(new PrintWriter(out));

    for (int second = 0; second <= 25; second++) {
      screen.show(progress(Duration.ofSeconds(second), List.of(WINDOW)));
    }

    assertThat(out.toString().lines())
        .containsExactly(
            "web UI: http://127.0.0.1:8081",
            "rows:   psql -p 5432",
            "rules:  export WEIR_STORE=/tmp/store.yaml",
            "        echo 'where: status == 200' | ./weir config set analytics -",
            "version 2 in force on all 8 subtasks since checkpoint 23, 1,141 ms after commit:"
                + " where status < 400",
            "generating 0:10 of 1:00: generated 55,512 (1,502/s), dead letters 556,"
                + " rows stored 84 (1.2/s), latency 2.3 s",
            "generating 0:20 of 1:00: generated 55,512 (1,502/s), dead letters 556,"
                + " rows stored 84 (1.2/s), latency 2.3 s");
  }

  @Test
  void aRateIsTheMeanOfTheLastSeconds() {
    Rate rate = new Rate();

    assertThat(rate.at(0, 100)).isZero();
    assertThat(rate.at(2_000_000_000L, 300)).isEqualTo(100);
    assertThat(rate.at(9_000_000_000L, 300)).isZero();
  }
}
