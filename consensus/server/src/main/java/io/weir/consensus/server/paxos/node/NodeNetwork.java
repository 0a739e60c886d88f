package io.weir.consensus.server.paxos.node;

import io.weir.consensus.server.paxos.Ballot;
import io.weir.consensus.server.paxos.Message.Held;
import io.weir.consensus.server.paxos.Message.Read;
import io.weir.consensus.server.paxos.Message.Reply;
import io.weir.consensus.server.paxos.Message.Request;
import io.weir.consensus.server.paxos.Surroundings;
import io.weir.consensus.server.peers.Peers;
import io.weir.consensus.server.transport.ChosenCodec;
import io.weir.consensus.server.transport.MessageCodec;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Carries requests from this node's proposers to all acceptors, and replies back to the loop. */
final class NodeNetwork implements Surroundings {

  private static final String REQUEST = "paxos";
  private static final String CHOSEN = "paxos-chosen";
  private static final byte[] NOTHING = {};

  /** Watches at other nodes hear of a change that much later. */
  private static final long TELL_MILLIS = 5;

  /** A node that takes longer than that for its answer gets the next questions without it. */
  private static final long ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final PaxosSettings settings;
  private final Peers peers;
  private final AcceptorThread acceptor;
  private final Loop loop;
  private final Map<String, Ballot> chosen = new HashMap<>();
  private boolean telling;
  private BiConsumer<String, Reply> recipient = (from, reply) -> {};

  /** Members for whom something is gathered, and whether questions are among it. */
  private final Map<String, Boolean> waiting = new HashMap<>();

  /** Members that have not answered since they were asked, and when that was. */
  private final Map<String, Long> asked = new HashMap<>();

  // The last request: it goes to several acceptors, and is encoded once.
  private @Nullable Request encoded;
  private byte[] encodedBytes = NOTHING;

  NodeNetwork(PaxosSettings settings, Peers peers, AcceptorThread acceptor, Loop loop) {
    this.settings = settings;
    this.peers = peers;
    this.acceptor = acceptor;
    this.loop = loop;
  }

  /**
   * Begins to answer, and to hand on replies.
   *
   * @param learning told of ballots in which others know something to be chosen, and of what this
   *     node's acceptor holds of the same register
   */
  void open(BiConsumer<String, Reply> replies, BiConsumer<Ballot, Held> learning) {
    recipient = replies;
    loop.whenAtRest(this::flush);
    acceptor.whenAnswered(loop::work);
    peers.whenRead(loop::work, acceptor::work);
    peers.answer(REQUEST, this::answer);
    peers.answer(
        CHOSEN,
        word -> {
          ChosenCodec.decode(word).forEach((key, ballot) -> learn(key, ballot, learning));
          return CompletableFuture.completedFuture(NOTHING);
        });
  }

  /** What this node's acceptor holds saves asking the others. */
  private void learn(String key, Ballot ballot, BiConsumer<Ballot, Held> learning) {
    acceptor.ask(
        new Read(0, key, Ballot.NONE),
        reply -> loop.leave(() -> learning.accept(ballot, (Held) reply)));
  }

  private CompletableFuture<byte[]> answer(byte[] request) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    acceptor.ask(
        MessageCodec.request(request), reply -> answer.complete(MessageCodec.encode(reply)));
    return answer;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // The same request, not one that says the same.
  public void send(String to, Request request) {
    if (to.equals(settings.node())) {
      acceptor.ask(request, reply -> received(to, reply));
      return;
    }
    tell();
    waiting.put(to, true);
    if (encoded != request) {
      encoded = request;
      encodedBytes = MessageCodec.encode(request);
    }
    // Without an answer it is as lost as a message may be.
    CompletableFuture<?> unused =
        peers
            .gather(settings.address(to), REQUEST, encodedBytes)
            .thenAccept(reply -> answered(to, MessageCodec.reply(reply)));
  }

  private void answered(String from, Reply reply) {
    loop.leave(
        () -> {
          asked.remove(from);
          recipient.accept(from, reply);
        });
  }

  /**
   * Sends what was gathered, while this node's own acceptor writes. A node that has not answered
   * gets no more yet: it is writing, too, and what comes meanwhile is for its next writing.
   */
  private void flush() {
    acceptor.wake();
    if (!waiting.isEmpty()) {
      long now = System.nanoTime();
      waiting.entrySet().removeIf(member -> flushed(member.getKey(), member.getValue(), now));
    }
  }

  private boolean flushed(String member, boolean withQuestion, long now) {
    Long since = asked.get(member);
    boolean free = since == null || now - since > ANSWER_NANOS;
    if (free && withQuestion) {
      asked.put(member, now);
    }
    if (free) {
      peers.sendGathered(settings.address(member));
    }
    return free;
  }

  private void received(String from, Reply reply) {
    loop.leave(() -> recipient.accept(from, reply));
  }

  /**
   * Tells the others what was chosen, with the next request or a little later. Before the request,
   * for by that a state is overwritten that they want to read. When it is lost they find out by
   * themselves.
   */
  void tellChosen(String key, Ballot ballot) {
    chosen.put(key, ballot);
    if (!telling) {
      telling = true;
      Timer unused =
          loop.after(
              TELL_MILLIS,
              () -> {
                telling = false;
                tell();
              });
    }
  }

  private void tell() {
    if (chosen.isEmpty()) {
      return;
    }
    byte[] words = ChosenCodec.encode(chosen);
    chosen.clear();
    for (String member : settings.members().keySet()) {
      if (!member.equals(settings.node())) {
        peers.tell(settings.address(member), CHOSEN, words);
        waiting.putIfAbsent(member, false);
      }
    }
  }

  @Override
  public Timer after(long millis, Runnable task) {
    return loop.after(millis, task);
  }

  @Override
  public int random(int bound) {
    return ThreadLocalRandom.current().nextInt(bound);
  }
}
