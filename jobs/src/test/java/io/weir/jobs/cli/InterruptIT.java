package io.weir.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.jobs.local.Interrupts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An endless job in a process that is told to end. */
@Timeout(180)
class InterruptIT {

  @TempDir private Path temp;

  private Process process = new ProcessBuilder().command("true").start();

  InterruptIT() throws IOException {}

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  private Process startEndless() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@../flink-conf/jdk-opens.args",
            "-Dweir.home=" + temp,
            "-Dweir.terminal=true",
            "-Djava.io.tmpdir=" + temp,
            "-cp",
            System.getProperty("java.class.path"),
            TinyWeir.class.getName(),
            "run",
            "tiny",
            "--conf",
            "../flink-conf/local",
            "--set",
            "count=" + Long.MAX_VALUE,
            "--set",
            "rate=10")
        .redirectErrorStream(true)
        .redirectOutput(temp.resolve("said.txt").toFile())
        .start();
  }

  private String log() throws IOException {
    Path log = temp.resolve("target/logs/weir-" + process.pid() + ".log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void cancelsTheJobAndLeavesNothingBehind(String signal, int code) throws Exception {
    if (signal.equals("INT")) {
      Interrupts.assumePossible();
    }
    process = startEndless();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> log().contains("from INITIALIZING to RUNNING"));

    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();

    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(code);
    assertThat(log()).contains("switched from state CANCELLING to CANCELED");
    assertThat(Files.readString(temp.resolve("said.txt")))
        .endsWith(Terminal.EMPTY_LINE + "tiny was cancelled\n");
    assertThat(temp).isDirectoryNotContaining("glob:**/weir-flink-*");
  }
}
