package io.weir.consensus.server.paxos.node;

import io.weir.consensus.register.Answer;
import io.weir.consensus.register.Command;
import io.weir.consensus.register.JobHead;
import io.weir.consensus.register.LedgerPage;
import io.weir.consensus.register.Mirror;
import io.weir.consensus.server.paxos.Outcome;
import io.weir.consensus.server.paxos.Registers;
import java.time.InstantSource;
import java.util.Optional;

/** Carries commands out from this node. Within the {@link Loop}. */
final class Changer {

  /** Before another attempt, when the mirror could not catch up. */
  private static final long PAUSE_MILLIS = 20;

  private final Registers registers;
  private final Mirror mirror;
  private final Views views;
  private final NodeNetwork network;
  private final InstantSource clock;

  Changer(
      Registers registers, Mirror mirror, Views views, NodeNetwork network, InstantSource clock) {
    this.registers = registers;
    this.mirror = mirror;
    this.views = views;
    this.network = network;
    this.clock = clock;
  }

  void perform(Submission submission) {
    if (submission.isDone()) {
      return;
    }
    if (submission.command() instanceof Command.Note note) {
      views.catchUp(
          Keys.head(note.job()),
          submission.leftMillis(),
          caughtUp -> note(submission, note, caughtUp));
    } else if (mirror.isAt(JobHead.none(submission.command().job()))) {
      views.catchUp(
          Keys.head(submission.command().job()),
          submission.leftMillis(),
          caughtUp -> create(submission, caughtUp));
    } else {
      changeHead(submission);
    }
  }

  /** A job that is not known here is not to get a register by what is refused anyway. */
  private void create(Submission submission, boolean caughtUp) {
    JobHead none = JobHead.none(submission.command().job());
    if (caughtUp
        && mirror.isAt(none)
        && mirror.decide(none, clock.millis(), submission.command())
            instanceof Mirror.Settled settled) {
      submission.complete(settled.answer());
    } else {
      changeHead(submission);
    }
  }

  private void changeHead(Submission submission) {
    String key = Keys.head(submission.command().job());
    HeadChange change = new HeadChange(mirror, clock, submission.command());
    registers.change(
        key,
        change,
        submission.leftMillis(),
        outcome -> {
          if (outcome instanceof Outcome.Known known) {
            changed(submission, key, change, known);
          } else {
            giveUp(submission, outcome);
          }
        });
  }

  private void changed(Submission submission, String key, HeadChange change, Outcome.Known known) {
    Answer answer = change.answer();
    if (answer == null) {
      // Its own work may be what the mirror has not seen yet; it will know it by the request id.
      views.take(key, known.ballot(), known.state(), caughtUp -> again(submission, caughtUp));
      return;
    }
    network.tellChosen(key, known.ballot());
    views.take(key, known.ballot(), known.state(), caughtUp -> submission.complete(answer));
  }

  private void again(Submission submission, boolean caughtUp) {
    if (caughtUp) {
      perform(submission);
    } else {
      submission.because("the versions between cannot be had from a majority");
      Object unused = network.after(PAUSE_MILLIS, () -> perform(submission));
    }
  }

  private void note(Submission submission, Command.Note note, boolean caughtUp) {
    if (!caughtUp) {
      submission.giveUp();
      return;
    }
    Optional<Answer> refusal = mirror.refuseNote(note);
    if (refusal.isPresent()) {
      submission.complete(refusal.get());
      return;
    }
    String key = Keys.ledger(note.job());
    registers.change(
        key,
        state -> withEntry(state, note),
        submission.leftMillis(),
        outcome -> {
          if (outcome instanceof Outcome.Known known) {
            network.tellChosen(key, known.ballot());
            views.take(
                key,
                known.ballot(),
                known.state(),
                took -> submission.complete(new Answer.Noted()));
          } else {
            giveUp(submission, outcome);
          }
        });
  }

  /** The same entry twice is one: it knows its own work. */
  private static byte[] withEntry(byte[] state, Command.Note note) {
    LedgerPage page = LedgerPage.decode(state);
    LedgerPage next = page.with(note.entry());
    return next.equals(page) ? state : next.encode();
  }

  private static void giveUp(Submission submission, Outcome outcome) {
    if (outcome instanceof Outcome.Unknown unknown) {
      submission.mayBeDone();
      submission.because(unknown.reason());
    } else if (outcome instanceof Outcome.Unavailable unavailable) {
      submission.because(unavailable.reason());
    }
    submission.giveUp();
  }
}
