package io.weir.consensus.server.paxos.node;

import io.weir.consensus.register.Answer;
import io.weir.consensus.register.Command;
import io.weir.consensus.register.JobHead;
import io.weir.consensus.register.Mirror;
import io.weir.consensus.server.paxos.Change;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A command as a change of its job's head. It is decided by the mirror, which must know the job's
 * history up to that head, request ids included; when it does not, nothing is changed, and the
 * command is to come again when the mirror has caught up.
 */
final class HeadChange implements Change {

  private final Mirror mirror;
  private final InstantSource clock;
  private final Command command;
  private @Nullable Answer answer;

  HeadChange(Mirror mirror, InstantSource clock, Command command) {
    this.mirror = mirror;
    this.clock = clock;
    this.command = command;
  }

  @Override
  public byte[] next(byte[] state) {
    JobHead head = Keys.head(command.job(), state);
    answer = null;
    if (!mirror.isAt(head)) {
      return state;
    }
    Mirror.Decision decision = mirror.decide(head, clock.millis(), command);
    if (decision instanceof Mirror.Next next) {
      answer = next.answer();
      return next.head().encode();
    }
    answer = ((Mirror.Settled) decision).answer();
    return state;
  }

  /** What came of the last state that it was asked about; null when the mirror was behind. */
  @Nullable Answer answer() {
    return answer;
  }
}
