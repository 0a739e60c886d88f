package io.weir.consensus.server.history.file;

import io.weir.consensus.server.history.History;
import io.weir.consensus.server.history.Operation;
import io.weir.consensus.server.history.ValueRegister;
import io.weir.consensus.server.history.ValueRegister.Answer;
import io.weir.consensus.server.history.ValueRegister.Call;
import io.weir.consensus.server.history.ValueRegister.CompareAndSet;
import io.weir.consensus.server.history.ValueRegister.Done;
import io.weir.consensus.server.history.ValueRegister.Read;
import io.weir.consensus.server.history.ValueRegister.Refused;
import io.weir.consensus.server.history.ValueRegister.Value;
import io.weir.consensus.server.history.ValueRegister.Write;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the log of a Jepsen test of one etcd register, as Porcupine's collection holds them. A line
 * is an event; lines are in the order of time:
 *
 * <pre>
 * INFO  jepsen.util - PROCESS :invoke :read  nil
 * INFO  jepsen.util - PROCESS :ok     :read  VALUE or nil
 * INFO  jepsen.util - PROCESS :fail   :read  :timed-out        says nothing
 * INFO  jepsen.util - PROCESS :invoke :write VALUE
 * INFO  jepsen.util - PROCESS :ok     :write VALUE
 * INFO  jepsen.util - PROCESS :info   :write :timed-out        happens at any time, or never
 * INFO  jepsen.util - PROCESS :invoke :cas   [EXPECTED VALUE]
 * INFO  jepsen.util - PROCESS :ok     :cas   [EXPECTED VALUE]
 * INFO  jepsen.util - PROCESS :fail   :cas   [EXPECTED VALUE]  another value was there
 * INFO  jepsen.util - PROCESS :info   :cas   :timed-out        happens at any time, or never
 * </pre>
 */
final class EtcdLog {

  private static final Pattern LINE =
      Pattern.compile(
          "INFO\\s+jepsen\\.util - (\\d{1,9})\\s+:(invoke|ok|fail|info)\\s+:(read|write|cas)\\s+"
              + "(nil|:timed-out|\\d{1,18}|\\[\\d{1,18} \\d{1,18}])\\s*");
  private static final String EVENT =
      "INFO  jepsen.util - PROCESS :invoke|:ok|:fail|:info :read|:write|:cas"
          + " nil|VALUE|[EXPECTED VALUE]|:timed-out";

  private record Asked(Call call, int line) {}

  private final Lines lines;
  private final Map<String, Asked> open = new HashMap<>();
  private final List<Operation<Call, Answer>> operations = new ArrayList<>();

  /**
   * @param lines standing at the first one
   */
  EtcdLog(Lines lines) {
    this.lines = lines;
  }

  History<?, ?, ?> read() throws IOException, UnreadableHistory {
    do {
      readLine();
    } while (lines.next());
    open.forEach(this::neverAnswered);
    return new History<>("register", new ValueRegister(), Map.of("etcd", operations));
  }

  private void readLine() throws UnreadableHistory {
    Matcher line = LINE.matcher(lines.text());
    if (!line.matches()) {
      throw lines.unreadable(lines.text(), EVENT);
    }
    String process = line.group(1);
    if (line.group(2).equals("invoke")) {
      called(process, call(line.group(3), line.group(4)));
    } else {
      answered(process, line);
    }
  }

  private Call call(String function, String value) throws UnreadableHistory {
    if (function.equals("read") && value.equals("nil")) {
      return new Read();
    }
    if (function.equals("write") && Character.isDigit(value.charAt(0))) {
      return new Write(Long.parseLong(value));
    }
    if (function.equals("cas") && value.startsWith("[")) {
      String[] pair = value.substring(1, value.length() - 1).split(" ", 2);
      return new CompareAndSet(Long.parseLong(pair[0]), Long.parseLong(pair[1]));
    }
    throw lines.unreadable(
        ":" + function + " " + value, ":read nil, :write VALUE, :cas [EXPECTED VALUE]");
  }

  private void called(String process, Call call) throws UnreadableHistory {
    if (operations.size() + open.size() >= HistoryFile.MAX_OPERATIONS) {
      throw lines.unreadable(
          "another operation", "at most " + HistoryFile.MAX_OPERATIONS + " of them");
    }
    Asked before = open.put(process, new Asked(call, lines.number()));
    if (before != null) {
      throw lines.unreadable(
          lines.text(),
          "a call of process " + process + " when line " + before.line() + " is over");
    }
  }

  private void answered(String process, Matcher line) throws UnreadableHistory {
    Asked asked = open.remove(process);
    if (asked == null) {
      throw lines.unreadable(lines.text(), "an answer to a process that waits for one");
    }
    String outcome = line.group(2) + " " + line.group(3);
    String value = line.group(4);
    if (value.equals(":timed-out")) {
      timedOut(process, asked, outcome);
    } else {
      Answer answer = answer(asked, outcome, value);
      operations.add(
          new Operation<>(
              process,
              asked.call(),
              answer,
              asked.line(),
              lines.number(),
              asked.line(),
              lines.number()));
    }
  }

  private void timedOut(String process, Asked asked, String outcome) throws UnreadableHistory {
    String allowed = asked.call() instanceof Read ? "fail read" : "info " + function(asked.call());
    if (!outcome.equals(allowed)) {
      throw lines.unreadable(outcome + " :timed-out", allowed + " :timed-out");
    }
    neverAnswered(process, asked);
  }

  private void neverAnswered(String process, Asked asked) {
    operations.add(Operation.open(process, asked.call(), asked.line(), asked.line()));
  }

  private Answer answer(Asked asked, String outcome, String value) throws UnreadableHistory {
    if (asked.call() instanceof Read && outcome.equals("ok read") && !value.startsWith("[")) {
      return new Value(value.equals("nil") ? Optional.empty() : Optional.of(Long.parseLong(value)));
    }
    String function = function(asked.call());
    boolean same =
        outcome.endsWith(" " + function)
            && !(asked.call() instanceof Read)
            && asked.call().equals(call(function, value));
    if (same && outcome.startsWith("ok")) {
      return new Done();
    }
    if (same && outcome.equals("fail cas")) {
      return new Refused();
    }
    throw lines.unreadable(
        lines.text(), "an answer to '" + asked.call() + "' of line " + asked.line());
  }

  private static String function(Call call) {
    if (call instanceof Read) {
      return "read";
    }
    return call instanceof Write ? "write" : "cas";
  }
}
