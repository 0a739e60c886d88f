package io.weir.benchmarks;

import io.weir.benchmarks.frame.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs one side in a Java process of its own and takes its report. */
public final class SideProcess {

  private static final String HEAP = "-Xmx4g";
  // As ./weir has it for jobs.
  private static final List<String> COMPILE_LATE =
      List.of(
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000");

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
    List<SideReport> reports = runAll(home, main, arguments);
    return reports.get(reports.size() - 1);
  }

  /**
   * Runs a side that reports several times.
   *
   * @return at least one report
   * @throws IOException if the process fails or says nothing
   */
  public static List<SideReport> runAll(Path home, Class<?> main, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(COMPILE_LATE);
    options.addAll(
        List.of(
            "@" + home.resolve("flink-conf").resolve("jdk-opens.args"),
            HEAP,
            "-Dlog4j2.level=ERROR"));
    List<String> command = JavaCommand.of(options, main, arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<SideReport> reports = reports(process);
    int status = process.waitFor();
    if (status != 0 || reports.isEmpty()) {
      throw new IOException(
          main.getSimpleName()
              + " ended with status "
              + status
              + " and "
              + reports.size()
              + " reports");
    }
    return reports;
  }

  private static List<SideReport> reports(Process process) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      return lines.lines().filter(SideReport::isReport).map(SideReport::parse).toList();
    }
  }
}
