package io.weir.consensus.server.paxos;

import io.weir.consensus.server.paxos.Message.BallotReply;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The changes of one register, one after the other, each tried until it is done or out of time. */
final class Changes {

  /** A change that somebody waits for. */
  private static final class Task {
    private final Change change;
    private final Consumer<Outcome> whenDone;
    private Surroundings.@Nullable Timer limit;
    private boolean mayBeChosen;
    private int attempts;
    private String reason = "another change was under way all the time";

    Task(Change change, Consumer<Outcome> whenDone) {
      this.change = change;
      this.whenDone = whenDone;
    }
  }

  private final Setting setting;
  private final Proposer proposer;
  private final ArrayDeque<Task> waiting = new ArrayDeque<>();
  private @Nullable Task current;
  private Surroundings.@Nullable Timer timer;
  private boolean attempting;

  /** Whether the attempt under way has less time, for it was refused. */
  private boolean hastened;

  Changes(Setting setting, Proposer proposer) {
    this.setting = setting;
    this.proposer = proposer;
  }

  void add(Change change, long limitMillis, Consumer<Outcome> whenDone) {
    Task task = new Task(change, whenDone);
    task.limit = setting.surroundings().after(limitMillis, () -> expire(task));
    waiting.add(task);
    if (current == null) {
      next();
    }
  }

  private void next() {
    current = waiting.poll();
    if (current != null) {
      attempt(current);
    }
  }

  private void attempt(Task task) {
    task.attempts++;
    attempting = true;
    hastened = false;
    giveUpAfter(setting.attemptMillis(), task);
    setting.broadcast(proposer.start(task.change));
  }

  private void giveUpAfter(long millis, Task task) {
    timer =
        setting
            .surroundings()
            .after(millis, () -> lost(task, proposer.abandon("no majority answers in time")));
  }

  void received(String from, BallotReply reply) {
    Proposer.Step step = proposer.received(from, reply);
    Task task = current;
    if (task == null) {
      return;
    }
    if (step instanceof Proposer.Send send) {
      setting.broadcast(send.request());
    } else if (step instanceof Proposer.Chosen chosen) {
      finish(task, new Outcome.Known(chosen.ballot(), chosen.state()));
    } else if (step instanceof Proposer.Lost lost) {
      lost(task, lost);
    } else if (proposer.isRefused() && !hastened) {
      hasten(task);
    }
  }

  /** Somebody refused: the answer that would be needed now may be that of a node that is gone. */
  private void hasten(Task task) {
    hastened = true;
    if (timer != null) {
      timer.cancel();
    }
    giveUpAfter(setting.backoff(task.attempts), task);
  }

  private void lost(Task task, Proposer.Lost lost) {
    endAttempt();
    task.mayBeChosen |= lost.mayBeChosen();
    task.reason = lost.reason();
    timer = setting.surroundings().after(setting.backoff(task.attempts - 1), () -> attempt(task));
  }

  private void endAttempt() {
    attempting = false;
    if (timer != null) {
      timer.cancel();
    }
  }

  private void expire(Task task) {
    if (task == current) {
      task.mayBeChosen |= attempting && proposer.abandon("out of time").mayBeChosen();
    } else if (!waiting.remove(task)) {
      return;
    }
    String reason = "no agreement in time; " + task.reason;
    finish(task, task.mayBeChosen ? new Outcome.Unknown(reason) : new Outcome.Unavailable(reason));
  }

  private void finish(Task task, Outcome outcome) {
    if (task.limit != null) {
      task.limit.cancel();
    }
    if (task != current) {
      task.whenDone.accept(outcome);
      return;
    }
    endAttempt();
    current = null;
    task.whenDone.accept(outcome);
    if (current == null) {
      next();
    }
  }
}
