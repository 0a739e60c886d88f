package io.weir.consensus.server.storage;

import io.weir.consensus.server.paxos.Acceptor;
import io.weir.consensus.server.paxos.Ballot;
import io.weir.consensus.server.paxos.Message.Accept;
import io.weir.consensus.server.paxos.Message.Failed;
import io.weir.consensus.server.paxos.Message.Prepare;
import io.weir.consensus.server.paxos.Message.Reply;
import io.weir.consensus.server.paxos.Message.Request;
import io.weir.consensus.server.paxos.Slot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An acceptor whose answers leave when what they rest on is on its disk. Questions are {@link
 * #handle}d as they come; one {@link #flush} writes for all of them, and lets their answers go.
 *
 * <p>One thread at a time. After an {@link IOException} it must not be used any more, and none of
 * its answers may leave: what is on disk is not known.
 */
public class DurableAcceptor {

  private record Held(Request request, Reply reply, Consumer<Reply> recipient) {
    void release() {
      recipient.accept(reply);
    }
  }

  private final Supplier<Acceptor> acceptors;
  private final Supplier<AcceptorLog> logs;
  private Acceptor acceptor;
  private AcceptorLog log;
  private List<Held> held = new ArrayList<>();

  /** Opens the log that is there. */
  public DurableAcceptor(Supplier<Acceptor> acceptors, Supplier<AcceptorLog> logs)
      throws IOException {
    this.acceptors = acceptors;
    this.logs = logs;
    this.acceptor = acceptors.get();
    this.log = logs.get();
    log.open(acceptor);
  }

  /** Takes a question; the answer comes within {@link #flush}. */
  public final void handle(Request request, Consumer<Reply> recipient) throws IOException {
    Slot before = request instanceof Accept accept ? acceptor.slot(accept.key()) : Slot.EMPTY;
    if (request instanceof Prepare prepare) {
      before = acceptor.slot(prepare.key());
    }
    Acceptor.Answer answer = acceptor.handle(request);
    if (answer.changed() != null) {
      log.append(key(request), before, answer.changed());
    }
    Held waiting = new Held(request, answer.reply(), recipient);
    if (mayLeaveUnsynced(request)) {
      waiting.release();
    } else {
      held.add(waiting);
    }
  }

  /**
   * Nothing, not even an answer that changed nothing: it may rest on what another question has
   * changed, and is not on disk yet.
   */
  protected boolean mayLeaveUnsynced(Request request) {
    return false;
  }

  private static String key(Request request) {
    return request instanceof Prepare prepare ? prepare.key() : ((Accept) request).key();
  }

  /**
   * Makes everything durable and releases the answers. When the disk is full, whoever asked for a
   * change is told so, the others are told nothing, and the acceptor is as the disk has it.
   */
  public final void flush() throws IOException {
    List<Held> answered = held;
    held = new ArrayList<>();
    try {
      log.sync();
    } catch (DiskFull e) {
      startAgain();
      answered.forEach(each -> refuse(each, String.valueOf(e.getMessage())));
      return;
    }
    answered.forEach(Held::release);
    compactIfLarge();
  }

  private void startAgain() throws IOException {
    acceptor = acceptors.get();
    log = logs.get();
    log.open(acceptor);
  }

  private static void refuse(Held each, String reason) {
    if (each.request() instanceof Prepare prepare) {
      each.recipient().accept(failed(prepare.key(), prepare.ballot(), reason));
    } else if (each.request() instanceof Accept accept) {
      each.recipient().accept(failed(accept.key(), accept.ballot(), reason));
    }
  }

  private static Failed failed(String key, Ballot ballot, String reason) {
    return new Failed(key, ballot, reason);
  }

  /** Without room for a second file the first one goes on. */
  private void compactIfLarge() throws IOException {
    if (log.isLarge()) {
      try {
        log.compact(acceptor);
      } catch (DiskFull e) {
        log.compactLater();
      }
    }
  }

  /** Whether something waits for {@link #flush}. */
  public final boolean isWaiting() {
    return !held.isEmpty();
  }

  /** What is held of a register, perhaps not on disk yet. */
  public final Slot slot(String key) {
    return acceptor.slot(key);
  }

  public final long logBytes() {
    return log.bytes();
  }
}
