package io.weir.jobs.dubbo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A class of the tests in a process of its own. */
final class JavaProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader lines;

  private JavaProcess(Process process) {
    this.process = process;
    lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts a class.
   *
   * @param home where it may leave files
   */
  static JavaProcess start(Path home, Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Duser.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new JavaProcess(
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Waits for a line that begins with a word; returns the rest of it. */
  String awaitLine(String word) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(word + " ")) {
        return line.substring(word.length() + 1);
      }
    }
    throw new IOException("the process ended without a line that begins with " + word);
  }

  /** Ends its input, and waits until it has ended by itself; returns what it said. */
  List<String> awaitEnd() throws IOException, InterruptedException {
    process.getOutputStream().close();
    List<String> said = lines.lines().toList();
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException("the process ended with " + status + " and said " + said);
    }
    return said;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
