package io.weir.consensus.server.history.file;

import io.weir.consensus.server.history.History;
import io.weir.consensus.server.history.Operation;
import io.weir.consensus.server.history.VersionedRegister;
import io.weir.consensus.server.history.VersionedRegister.Agreed;
import io.weir.consensus.server.history.VersionedRegister.Answer;
import io.weir.consensus.server.history.VersionedRegister.Call;
import io.weir.consensus.server.history.VersionedRegister.Conflict;
import io.weir.consensus.server.history.VersionedRegister.Held;
import io.weir.consensus.server.history.VersionedRegister.Propose;
import io.weir.consensus.server.history.VersionedRegister.Read;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads what a {@link HistoryRecorder} wrote: JSON lines, the first one says what the file is. Each
 * operation has a line for its call and, later in the file, at most one for its answer. {@code at}
 * is in nanoseconds of one monotonic clock; lines need not be in its order. Every job starts
 * unknown.
 *
 * <pre>
 * {"format":"weir-history","version":1}
 * {"op":1,"at":1000,"client":"a","job":"analytics","call":"read"}
 * {"op":1,"at":1900,"answer":"found","version":3,"hash":"9f2c"}   or
 * {"op":1,"at":1900,"answer":"unknown-job"}
 * {"op":2,"at":2000,"client":"b","job":"analytics","call":"propose","expected":3,"hash":"77ab"}
 * {"op":2,"at":2500,"answer":"agreed","version":4}                or
 * {"op":2,"at":2500,"answer":"conflict","actual":5}
 * </pre>
 *
 * <p>Either may also be answered with {@code "unknown"}: it happens at any time after the call, or
 * never, which is the same as no answer; or with {@code "failed"}: it certainly never happens.
 */
final class StoreLog {

  static final String HEADER = "{\"format\":\"weir-history\",\"version\":1}";

  private record Asked(String client, String job, Call call, long at, int line) {}

  private final Lines lines;
  private final Map<Long, Asked> open = new HashMap<>();
  private final Map<String, List<Operation<Call, Answer>>> jobs = new TreeMap<>();
  private int operations;

  /**
   * @param lines standing at the first one
   */
  StoreLog(Lines lines) {
    this.lines = lines;
  }

  History<?, ?, ?> read() throws IOException, UnreadableHistory {
    readHeader();
    while (lines.next()) {
      JsonLine line = JsonLine.parse(lines);
      long number = line.number("op", 0);
      long at = line.number("at", 0);
      if (line.has("call")) {
        called(number, at, line);
      } else {
        answered(number, at, line);
      }
      line.end();
    }
    open.values().forEach(this::neverAnswered);
    return new History<>("job", new VersionedRegister(), jobs);
  }

  private void readHeader() throws IOException, UnreadableHistory {
    JsonLine line = JsonLine.parse(lines);
    if (!line.text("format").equals("weir-history") || line.number("version", 0) != 1) {
      throw lines.unreadable(lines.text(), HEADER);
    }
    line.end();
  }

  private void called(long number, long at, JsonLine line) throws UnreadableHistory {
    Asked asked = new Asked(line.text("client"), line.text("job"), call(line), at, lines.number());
    if (++operations > HistoryFile.MAX_OPERATIONS) {
      throw lines.unreadable(
          "another operation", "at most " + HistoryFile.MAX_OPERATIONS + " of them");
    }
    Asked before = open.putIfAbsent(number, asked);
    if (before != null) {
      throw lines.unreadable(
          lines.text(), "a call with a number of its own (line " + before.line() + " has it too)");
    }
  }

  private Call call(JsonLine line) throws UnreadableHistory {
    String call = line.text("call");
    if (call.equals("read")) {
      return new Read();
    }
    if (call.equals("propose")) {
      return new Propose(line.number("expected", 0), line.text("hash"));
    }
    throw lines.unreadable(lines.text(), "\"call\" is \"read\" or \"propose\"");
  }

  private void answered(long number, long at, JsonLine line) throws UnreadableHistory {
    Asked asked = open.remove(number);
    if (asked == null) {
      throw lines.unreadable(lines.text(), "a call, or an answer to a call before it");
    }
    if (at < asked.at()) {
      throw lines.unreadable(lines.text(), "an answer after its call, which was at " + asked.at());
    }
    String answer = line.text("answer");
    switch (answer) {
      case "failed" -> {}
      case "unknown" -> neverAnswered(asked);
      default -> add(asked, answer(asked, answer, line), at);
    }
  }

  private Answer answer(Asked asked, String answer, JsonLine line) throws UnreadableHistory {
    return switch ((asked.call() instanceof Read ? "read " : "propose ") + answer) {
      case "read found" -> new Held(line.number("version", 1), line.text("hash"));
      case "read unknown-job" -> new Held(0, "");
      case "propose agreed" -> new Agreed(line.number("version", 1));
      case "propose conflict" -> new Conflict(line.number("actual", 0));
      default -> throw lines.unreadable(lines.text(), allowedAnswers(asked.call()));
    };
  }

  private static String allowedAnswers(Call call) {
    return "\"answer\" to '"
        + call
        + "' is "
        + (call instanceof Read ? "\"found\", \"unknown-job\"" : "\"agreed\", \"conflict\"")
        + ", \"unknown\" or \"failed\"";
  }

  private void add(Asked asked, Answer answer, long at) {
    operationsOf(asked.job())
        .add(
            new Operation<>(
                asked.client(),
                asked.call(),
                answer,
                asked.at(),
                at,
                asked.line(),
                lines.number()));
  }

  private void neverAnswered(Asked asked) {
    operationsOf(asked.job())
        .add(Operation.open(asked.client(), asked.call(), asked.at(), asked.line()));
  }

  private List<Operation<Call, Answer>> operationsOf(String job) {
    return jobs.computeIfAbsent(job, name -> new ArrayList<>());
  }
}
