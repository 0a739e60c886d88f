package io.weir.consensus.server.node;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node as a child process. It ends when its standard input does, so it never outlives the process
 * that started it.
 */
public final class NodeProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final String name;
  private final Process process;

  private NodeProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /**
   * Starts a node with this process's Java and libraries.
   *
   * @param settings the node's file
   * @param output what it says is appended here
   */
  public static NodeProcess start(Path settings, File output) throws IOException {
    List<String> command = new ArrayList<>(JavaCommand.ofThisProcess());
    command.add(settings.toString());
    return start(settings.toString(), command, output);
  }

  /**
   * Starts a node by a command of its own, whatever the program; what it does when its input ends
   * is its own affair, too.
   *
   * @param name of the node, for what is said about it
   * @param output what it says is appended here
   */
  public static NodeProcess start(String name, List<String> command, File output)
      throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
            .start();
    return new NodeProcess(name, process);
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as a power cut would end it, but for what the operating system still writes. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks it to leave in order. */
  void askToEnd() {
    process.destroy();
  }

  /** Asks it to leave in order, and waits. */
  @Override
  public void close() {
    askToEnd();
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("{} does not end within {} s: killed", name, GRACE.toSeconds());
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
