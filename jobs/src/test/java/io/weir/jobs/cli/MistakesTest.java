package io.weir.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class MistakesTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(new NoSuchFileException("a.log"), "a.log: there is no such file or folder"),
        arguments(new AccessDeniedException("a.log"), "a.log: permission denied"),
        arguments(
            new FileAlreadyExistsException("a.log", null, "is there already"),
            "a.log: is there already"),
        arguments(new IOException("a.log, line 3: not JSON"), "a.log, line 3: not JSON"),
        arguments(new IOException(), "java.io.IOException"),
        arguments(new IllegalStateException("odd"), "java.lang.IllegalStateException: odd"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void saysAFailureInWords(Exception failure, String said) {
    StringWriter err = new StringWriter();
    CommandLine command =
        new CommandLine(CommandLine.Model.CommandSpec.create()).setErr(new PrintWriter(err));

    int code = Mistakes.handleFailure(failure, command, command.parseArgs());

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).startsWith("weir: " + said + System.lineSeparator());
  }
}
