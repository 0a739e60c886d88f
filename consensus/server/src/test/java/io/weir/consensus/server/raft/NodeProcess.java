package io.weir.consensus.server.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A {@link NodeMain} as a child process. */
public final class NodeProcess implements AutoCloseable {

  /** What a process that has ended answers, long enough for whoever takes it apart. */
  private static final String DEAD = "dead - - -1";

  private final Process process;
  private final PrintStream in;
  private final Map<Long, CompletableFuture<String>> asked = new ConcurrentHashMap<>();
  private final CompletableFuture<String> started = new CompletableFuture<>();
  private final AtomicLong lastNumber = new AtomicLong();
  private volatile boolean paused;
  private volatile boolean ended;

  private NodeProcess(Process process) {
    this.process = process;
    this.in = new PrintStream(process.getOutputStream(), true, UTF_8);
    Thread reader = new Thread(this::read, "reader-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  static NodeProcess start(String name, Path directory, Map<String, String> members) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(NodeMain.class.getName());
    command.addAll(List.of(name, directory.toString()));
    command.addAll(
        List.of(
            System.getProperty("weir.raft.election", "400"),
            System.getProperty("weir.raft.heartbeat", "100"),
            "10000",
            System.getProperty("weir.raft.compact", String.valueOf(1 << 20))));
    members.forEach((member, address) -> command.add(member + "=" + address));
    try {
      return new NodeProcess(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the node said first: {@code started}, or why it refused. */
  public String awaitStart() throws Exception {
    return started.get(60, TimeUnit.SECONDS);
  }

  /** Asks; the answer is {@code ok ...}, {@code unavailable}, {@code unknown} or {@code dead}. */
  public CompletableFuture<String> ask(String request) {
    long number = lastNumber.incrementAndGet();
    CompletableFuture<String> answer = new CompletableFuture<>();
    asked.put(number, answer);
    synchronized (in) {
      in.println(number + " " + request);
    }
    if (ended) {
      answer.complete(DEAD);
    }
    return answer;
  }

  boolean answers() {
    return process.isAlive() && !paused && !ended && started.isDone();
  }

  private void read() {
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (!started.complete(line)) {
          answered(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
        }
      }
    } catch (IOException e) {
      started.complete(DEAD);
    }
    started.complete(DEAD);
    ended = true; // before the sweep: who asks after it sees this
    asked.values().forEach(answer -> answer.complete(DEAD));
  }

  private void answered(String number, String answer) {
    CompletableFuture<String> waiting = asked.remove(Long.parseLong(number));
    if (waiting != null) {
      waiting.complete(answer);
    }
  }

  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public void pause() throws IOException, InterruptedException {
    paused = true;
    signal("-STOP");
  }

  public void resume() throws IOException, InterruptedException {
    signal("-CONT");
    paused = false;
  }

  public long pid() {
    return process.pid();
  }

  /** The exit code, once the process has ended by itself. */
  public int awaitExit() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("process " + process.pid() + " goes on");
    }
    return process.exitValue();
  }

  private void signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
