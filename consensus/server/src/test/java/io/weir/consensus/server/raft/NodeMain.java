package io.weir.consensus.server.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.consensus.log.LogStatus;
import io.weir.consensus.log.LogUnavailable;
import io.weir.consensus.server.lifecycle.StartRefused;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One node with a {@link Journal} in a process of its own, which takes numbered requests on its
 * standard input and answers each with its number on its standard output, in any order. It ends
 * with its input.
 *
 * <p>Arguments: node, directory, election timeout, heartbeat and time limit in milliseconds, bytes
 * before compaction, then {@code name=host:port} of every member.
 */
public final class NodeMain {

  private final RaftLog log;
  private final Journal journal;
  private final PrintStream out;

  private NodeMain(RaftLog log, Journal journal, PrintStream out) {
    this.log = log;
    this.journal = journal;
    this.out = out;
  }

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    Journal journal = new Journal();
    try (RaftLog log = RaftLog.start(settings(List.of(args)), journal)) {
      new NodeMain(log, journal, out).serve();
    } catch (StartRefused refused) {
      out.println("refused " + String.valueOf(refused.getMessage()).replace('\n', ' '));
      System.exit(2);
    }
  }

  private static RaftSettings settings(List<String> args) {
    Map<String, String> members = new LinkedHashMap<>();
    for (String member : args.subList(6, args.size())) {
      members.put(
          member.substring(0, member.indexOf('=')), member.substring(member.indexOf('=') + 1));
    }
    return RaftSettings.of("test", args.get(0), members, Path.of(args.get(1)))
        .withTimeouts(millis(args.get(2)), millis(args.get(3)))
        .withSubmitLimit(millis(args.get(4)))
        .withCompactBytes(Long.parseLong(args.get(5)));
  }

  private static Duration millis(String text) {
    return Duration.ofMillis(Long.parseLong(text));
  }

  private void serve() throws IOException {
    out.println("started");
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] request = line.split(" ", 3);
      CompletableFuture<String> unused =
          answer(request[1], request.length > 2 ? request[2] : "")
              .whenComplete((answer, error) -> reply(request[0], answer, error));
    }
  }

  private CompletableFuture<String> answer(String request, String text) {
    return switch (request) {
      case "submit" ->
          log.submit(Journal.bytes(text)).thenApply(answer -> new String(answer, UTF_8));
      case "barrier" -> log.barrier().thenApply(nothing -> "");
      case "entries" -> CompletableFuture.completedFuture(String.join(",", journal.entries()));
      case "count" -> CompletableFuture.completedFuture(String.valueOf(journal.count()));
      case "status" -> CompletableFuture.completedFuture(text(log.status()));
      default -> throw new IllegalArgumentException(request);
    };
  }

  private static String text(LogStatus status) {
    return status.role() + " " + status.leader() + " " + status.term() + " " + status.applied();
  }

  private synchronized void reply(
      String number, @Nullable String answer, @Nullable Throwable error) {
    out.println(number + (error == null ? " ok " + answer : " " + kind(error)));
  }

  private static String kind(Throwable error) {
    @Nullable Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof LogUnavailable ? "unavailable" : "unknown";
  }
}
