package io.weir.benchmarks;

import io.weir.benchmarks.frame.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs one side in a Java process of its own and takes its report. */
public final class SideProcess {

  private static final String HEAP = "-Xmx4g";

  private SideProcess() {}

  /**
   * Runs a side to its end.
   *
   * @param home the project's folder
   * @param main the side's class
   * @throws IOException if the process fails or says nothing
   */
  public static SideReport run(Path home, Class<?> main, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command =
        JavaCommand.of(
            List.of(
                "@" + home.resolve("flink-conf").resolve("jdk-opens.args"),
                HEAP,
                "-Dlog4j2.level=ERROR"),
            main,
            arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String last = lastLine(process);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(main.getSimpleName() + " ended with status " + status);
    }
    return SideReport.parse(last);
  }

  private static String lastLine(Process process) throws IOException {
    String last = "";
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
      }
    }
    return last;
  }
}
