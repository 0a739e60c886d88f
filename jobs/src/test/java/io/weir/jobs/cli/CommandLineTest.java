package io.weir.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.jobs.launch.Launcher;
import io.weir.jobs.local.TinyJob;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class CommandLineTest {

  @TempDir private Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<List<String>> measured = new ArrayList<>();

  private Properties properties = new Properties();

  private final class Sieve implements Benchmark {

    @Override
    public String name() {
      return "sieve";
    }

    @Override
    public String summary() {
      return "Primes against primes.";
    }

    @Override
    public void run(List<String> arguments) {
      if (arguments.contains("--bad")) {
        throw new IllegalArgumentException("unknown option '--bad'; allowed: --upto");
      }
      measured.add(arguments);
    }
  }

  /** The project's profile, but a job that fails is not started again. */
  @BeforeEach
  void copyProfile() throws IOException {
    Path local = Files.createDirectories(home.resolve("flink-conf").resolve("local"));
    Path original = Path.of("..", "flink-conf", "local");
    Files.copy(original.resolve("log4j.properties"), local.resolve("log4j.properties"));
    String profile = Files.readString(original.resolve("config.yaml"));
    Files.writeString(
        local.resolve("config.yaml"), profile.replace("type: exponential-delay", "type: disable"));
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

  private int weir(String... arguments) {
    Launcher launcher = new Launcher(List.of(new TinyJob()), name -> null);
    Benchmarks benchmarks = new Benchmarks(List.of(new Sieve()));
    return WeirCommand.commandLine(
            new Place(home, false, false, home.resolve("no-store")), launcher, benchmarks)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "help",
        "--help",
        "-h",
        "help run",
        "run --help",
        "demo --help",
        "bench -h",
        "upgrade --help",
        "verify-epochs --help",
        "dead-letters replay --help",
        "doctor --help"
      })
  void helpIsAResult(String arguments) {
    assertThat(weir(arguments.split(" "))).isZero();
    assertThat(out.toString()).startsWith("Usage: weir").contains("--help");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void helpNamesWhatCanBeRunAndMeasured() {
    weir("run", "--help");
    weir("bench", "--help");

    assertThat(out.toString()).contains("tiny            Counts.");
    assertThat(out.toString())
        .contains("sieve           Primes against primes.")
        .contains("store  ");
  }

  @Test
  void helpOfAMeasurementMeasuresNothing() {
    assertThat(weir("bench", "sieve", "--help")).isZero();

    assertThat(out.toString())
        .isEqualToIgnoringNewLines("weir bench sieve: Primes against primes.");
    assertThat(measured).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                       | a command is missing;"
            + " allowed: bench, config, dead-letters, demo, doctor, help, run, upgrade, verify-epochs",
        "rnu                      | unknown command 'rnu' (did you mean run?);"
            + " allowed: bench, config, dead-letters, demo, doctor, help, run, upgrade, verify-epochs",
        "-x                       | unknown option '-x'; allowed: --help",
        "run                      | Missing required parameter: '<job>'",
        "run tinny                | unknown job 'tinny' (did you mean tiny?); allowed: tiny",
        "run whatever             | unknown job 'whatever'; allowed: tiny",
        "run tiny --setings f     | unknown option '--setings' (did you mean --settings?);"
            + " allowed: --conf, --help, --parallelism, --set, --settings",
        "run tiny more            | unexpected argument 'more'",
        "run tiny --set           | Missing required parameter for option '--set' (PATH=VALUE)",
        "run tiny --parallelism 0 | Invalid value for option '--parallelism':"
            + " '0' is not a whole number from 1 to 128",
        "run tiny --parallelism x | Invalid value for option '--parallelism':"
            + " 'x' is not a whole number from 1 to 128",
        "run tiny --conf nowhere  | --conf nowhere: there is no config.yaml in it",
        "demo --for soon          | Invalid value for option '--for': 'soon' is not a duration:"
            + " a whole number and ms, s, min, h or d, such as 30s, up to 3650000d",
        "bench                    | a measurement is missing; allowed: sieve, consensus, store",
        "bench seive              | unknown benchmark 'seive' (did you mean sieve?);"
            + " allowed: sieve, consensus, store",
        "bench store              | store: runs by the script only: ./weir bench store",
        "bench sieve --bad        | sieve: unknown option '--bad'; allowed: --upto",
      })
  void wrongUsageIsAnsweredWithWhatIsAllowed(String arguments, String answer) {
    int code = weir(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(err.toString().lines().findFirst()).hasValue("weir: " + answer);
    assertThat(code).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aBenchmarkGetsItsOwnArguments() {
    assertThat(weir("bench", "sieve", "--upto", "10", "-v")).isZero();

    assertThat(measured).containsExactly(List.of("--upto", "10", "-v"));
  }

  @Test
  void everyMistakeInTheSettingsIsALineAndNothingStarts() {
    int code = weir("run", "tiny", "--set", "count=few", "--set", "speed=1", "--set", "rate=0");

    assertThat(code).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            """
            weir: the settings cannot be used:
              --set count: must be a whole number from 1 to 9223372036854775807, not few
              --set rate: must be a whole number from 1 to 1000000, not 0
              --set speed: is unknown; allowed here: count, fail-at, rate
            """);
  }

  @Test
  void aFinishedJobIsDoneAndSaysNothingWhereNobodyWatches() throws IOException {
    Path settings = Files.writeString(home.resolve("tiny.yaml"), "count: 5\nrate: 1000\n");

    int code = weir("run", "tiny", "--settings", settings.toString(), "--parallelism", "1");

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).isEmpty();
    assertThat(code).isZero();
  }

  @Test
  void aFailedJobIsNamedWithItsCauseAndItsLog() {
    int code = weir("run", "tiny", "--set", "fail-at=5");

    assertThat(err.toString().lines())
        .containsExactly(
            "weir: tiny failed: java.lang.IllegalStateException: number 5 is unlucky",
            "The log with all details: "
                + home.resolve("target/logs/weir-" + ProcessHandle.current().pid() + ".log"));
    assertThat(code).isOne();
  }

  @ParameterizedTest
  @CsvSource({"kitten, sitting, 3", "run, rnu, 2", "'', abc, 3", "same, same, 0", "ab, b, 1"})
  void distanceCountsTheLettersToChange(String from, String to, int letters) {
    assertThat(Names.distance(from, to)).isEqualTo(letters);
    assertThat(Names.distance(to, from)).isEqualTo(letters);
  }
}
