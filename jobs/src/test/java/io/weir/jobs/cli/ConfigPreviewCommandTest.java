package io.weir.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.jobs.launch.Launcher;
import io.weir.jobs.monitoring.MonitoringJob;
import io.weir.jobs.monitoring.RecordedSpans;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ConfigPreviewCommandTest {

  private static final String RULES =
      """
      rules:
        - {name: failing, metric: error_rate, comparison: ">=", threshold: 0.5}
        - {name: often-failing, metric: errors, comparison: ">", threshold: 2, for: 5min}
        - {name: busy, metric: calls, comparison: ">", threshold: 1000}
      """;

  @TempDir private Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Properties properties = new Properties();

  @BeforeEach
  void copyProfile() throws IOException {
    Path local = Files.createDirectories(home.resolve("flink-conf").resolve("local"));
    for (String file : List.of("config.yaml", "log4j.properties")) {
      Files.copy(Path.of("..", "flink-conf", "local", file), local.resolve(file));
    }
  }

  /** A run says by system properties where it logs. */
  @BeforeEach
  void keepProperties() {
    properties = (Properties) System.getProperties().clone();
  }

  @AfterEach
  void restoreProperties() {
    System.setProperties(properties);
  }

  private int preview(String job, String rules, String... more) throws IOException {
    Path document = Files.writeString(home.resolve("rules.yaml"), rules);
    Launcher launcher = new Launcher(List.of(new MonitoringJob()), name -> null);
    String[] arguments = {"config", "preview", job, document.toString()};
    return WeirCommand.commandLine(
            new Place(home, false, false, home.resolve("no-store")),
            launcher,
            new Benchmarks(List.of()))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(
            Stream.concat(List.of(arguments).stream(), List.of(more).stream())
                .toArray(String[]::new));
  }

  @Test
  void saysWhatWouldHaveFired() throws Exception {
    Path spans = RecordedSpans.of(new int[] {0, 6, 3, 0, 6}, 6, home.resolve("spans.jsonl"));

    int code = preview("monitoring", RULES, "--input", spans.toString());

    assertThat(code).isZero();
    assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "fired resolved since rule severity series value",
            "2026-03-01T10:02:00Z 2026-03-01T10:04:00Z 2026-03-01T10:01:00Z failing warning shop"
                + " 1.000",
            "2026-03-01T10:05:00Z - 2026-03-01T10:04:00Z failing warning shop 1.000",
            "",
            "2 alerts would have fired, on 1 series; 1 more were pending and went away",
            "never fired: often-failing, busy");
  }

  @Test
  void refusesADocumentThatIsWrong() throws Exception {
    Path spans = RecordedSpans.of(new int[] {0}, 1, home.resolve("spans.jsonl"));

    int code = preview("monitoring", RULES.replace("busy", "failing"), "--input", spans.toString());

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("is refused").contains("a rule before is named failing");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void wrongUsageIsToldBeforeAnythingRuns() throws Exception {
    int otherJob = preview("analytics", RULES, "--input", "spans.jsonl");
    int noInput = preview("monitoring", RULES, "--input", "spans.jsonl");
    int noOption = preview("monitoring", RULES);

    assertThat(List.of(otherJob, noInput, noOption)).containsOnly(2);
    assertThat(err.toString())
        .contains("job 'analytics' has no preview; allowed: monitoring")
        .contains("--input spans.jsonl: there is no such file")
        .contains("Missing required option: '--input=FILE'");
  }
}
