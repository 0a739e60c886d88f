package io.weir.consensus.server.paxos.node;

import io.weir.consensus.server.paxos.Ballot;
import io.weir.consensus.server.paxos.Message.Reply;
import io.weir.consensus.server.paxos.Message.Request;
import io.weir.consensus.server.paxos.Surroundings;
import io.weir.consensus.server.peers.Peers;
import io.weir.consensus.server.transport.ChosenCodec;
import io.weir.consensus.server.transport.MessageCodec;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Carries requests from this node's proposers to all acceptors, and replies back to the loop. */
final class NodeNetwork implements Surroundings {

  private static final String REQUEST = "paxos";
  private static final String CHOSEN = "paxos-chosen";
  private static final byte[] NOTHING = {};

  private final PaxosSettings settings;
  private final Peers peers;
  private final AcceptorThread acceptor;
  private final Loop loop;
  private BiConsumer<String, Reply> recipient = (from, reply) -> {};

  // The last request: it goes to several acceptors, and is encoded once.
  private @Nullable Request encoded;
  private byte[] encodedBytes = NOTHING;

  NodeNetwork(PaxosSettings settings, Peers peers, AcceptorThread acceptor, Loop loop) {
    this.settings = settings;
    this.peers = peers;
    this.acceptor = acceptor;
    this.loop = loop;
  }

  /** Begins to answer, and to hand on replies. */
  void open(BiConsumer<String, Reply> replies, BiConsumer<String, Ballot> chosen) {
    recipient = replies;
    peers.answer(REQUEST, this::answer);
    peers.answer(
        CHOSEN,
        word -> {
          ChosenCodec.Chosen said = ChosenCodec.decode(word);
          loop.execute(() -> chosen.accept(said.key(), said.ballot()));
          return CompletableFuture.completedFuture(NOTHING);
        });
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
    if (encoded != request) {
      encoded = request;
      encodedBytes = MessageCodec.encode(request);
    }
    // Without an answer it is as lost as a message may be.
    CompletableFuture<?> unused =
        peers
            .ask(settings.address(to), REQUEST, encodedBytes)
            .thenAccept(reply -> received(to, MessageCodec.reply(reply)));
  }

  private void received(String from, Reply reply) {
    loop.execute(() -> recipient.accept(from, reply));
  }

  /** Tells the others that something was chosen; when it is lost they find out by themselves. */
  void tellChosen(String key, Ballot ballot) {
    byte[] word = ChosenCodec.encode(new ChosenCodec.Chosen(key, ballot));
    for (String member : settings.members().keySet()) {
      if (!member.equals(settings.node())) {
        CompletableFuture<?> unused = peers.ask(settings.address(member), CHOSEN, word);
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
