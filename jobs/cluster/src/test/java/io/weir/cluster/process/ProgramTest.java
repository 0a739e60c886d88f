package io.weir.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir private Path folder;

  private Program shell(String script) {
    return new Program("it", List.of("sh", "-c", script), folder, Map.of());
  }

  @Test
  void aRunReturnsWhatWasSaid() throws Exception {
    Program program = shell("echo $GREETING").with(Map.of("GREETING", "hello"));

    assertThat(program.run(LONG)).isEqualTo("hello\n");
  }

  @Test
  void aRunThatFailsTellsStatusAndReason() {
    assertThatThrownBy(() -> shell("echo cannot >&2; exit 3").run(LONG))
        .isInstanceOf(IOException.class)
        .hasMessage("it ended with status 3:\ncannot");
  }

  @Test
  void aRunThatTakesTooLongIsEnded() throws Exception {
    assertThatThrownBy(() -> shell("exec sleep 600").run(Duration.ofMillis(500)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it took longer than");
    Patience.of(LONG)
        .until(
            "its end",
            () ->
                Optional.of(ProcessHandle.current().children().noneMatch(ProgramTest::isSleeping)));
  }

  private static boolean isSleeping(ProcessHandle child) {
    return child.info().command().filter(command -> command.endsWith("sleep")).isPresent();
  }
}
