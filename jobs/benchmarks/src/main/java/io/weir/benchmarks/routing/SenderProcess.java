package io.weir.benchmarks.routing;

import io.weir.benchmarks.frame.JavaCommand;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link Sender}, as the one sees it who says when it sends. For one thread. */
final class SenderProcess implements AutoCloseable {

  private static final long LIMIT_SECONDS = 120;

  private final String name;
  private final Process process;
  private final OutputStream asks;
  private final BufferedReader answers;

  private SenderProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    asks = process.getOutputStream();
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static SenderProcess start(String way, int receivers) throws IOException {
    List<String> options =
        List.of(
            "@" + Clusters.home().resolve("flink-conf/jdk-opens.args"),
            "-Xmx1g",
            "-Dlog4j2.level=ERROR",
            "-Dweir.home=" + Clusters.home());
    List<String> command =
        JavaCommand.of(options, Sender.class, List.of(way, String.valueOf(receivers)));
    return new SenderProcess(
        way, new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /**
   * Lets it send for a while.
   *
   * @return processor time of its thread, in nanoseconds per record
   * @throws IOException if it has ended
   */
  double turn(long millis) throws IOException {
    asks.write((millis + "\n").getBytes(StandardCharsets.UTF_8));
    asks.flush();
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(Sender.ANSWER)) {
        return Double.parseDouble(line.substring(Sender.ANSWER.length()));
      }
    }
    throw new EOFException("the sender of " + name + " has ended; what it printed says why");
  }

  /** Ends it, and waits until it has gone; one that does not go, or an interrupt, ends the wait. */
  @Override
  public void close() throws IOException {
    asks.close();
    if (!hasEnded()) {
      process.destroyForcibly();
    }
  }

  private boolean hasEnded() {
    try {
      return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
