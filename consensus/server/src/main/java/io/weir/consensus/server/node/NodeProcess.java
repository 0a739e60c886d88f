package io.weir.consensus.server.node;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

  /** What a node says, between its name and its address, as soon as it can be asked. */
  public static final String ANSWERS_AT = " answers at ";

  private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
  private static final Duration GRACE = Duration.ofSeconds(20);

  /** Of what a node says at its start, and of the end of what it said. */
  private static final int MAX_WORDS_BYTES = 1024 * 1024;

  private static final int LAST_LINES = 5;

  private final String name;
  private final Process process;
  private final Path output;

  /** Where in its output, which others began before it, its own begins. */
  private final long outputBegin;

  private boolean ready;

  private NodeProcess(String name, Process process, Path output, long outputBegin) {
    this.name = name;
    this.process = process;
    this.output = output;
    this.outputBegin = outputBegin;
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
    long begin = output.length();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
            .start();
    return new NodeProcess(name, process, output.toPath(), begin);
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it has said that it can be asked. */
  boolean isReady() throws IOException {
    ready = ready || said(outputBegin).contains(ANSWERS_AT);
    return ready;
  }

  /** How it ended; only when it has. */
  int exitCode() {
    return process.exitValue();
  }

  /** The last lines that it said, without those of Java's stack traces. */
  String lastWords() throws IOException {
    List<String> lines =
        said(Math.max(outputBegin, Files.size(output) - MAX_WORDS_BYTES))
            .lines()
            .filter(line -> !line.startsWith("\t"))
            .toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /** Whatever its bytes are: what they say matters, and not that they are UTF-8. */
  private String said(long from) throws IOException {
    try (SeekableByteChannel in = Files.newByteChannel(output)) {
      ByteBuffer bytes =
          ByteBuffer.allocate((int) Math.min(Math.max(0, in.size() - from), MAX_WORDS_BYTES));
      in.position(from);
      while (bytes.hasRemaining() && in.read(bytes) >= 0) {
        // A file is read in one go, or nearly.
      }
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
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
