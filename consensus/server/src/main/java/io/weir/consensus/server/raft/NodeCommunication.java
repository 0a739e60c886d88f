package io.weir.consensus.server.raft;

import io.atomix.cluster.ClusterMembershipService;
import io.atomix.cluster.messaging.MessagingService;
import io.atomix.cluster.messaging.UnicastService;
import io.atomix.cluster.messaging.impl.DefaultClusterCommunicationService;
import io.atomix.utils.net.Address;
import io.weir.consensus.server.peers.Peers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Atomix's messages, over {@link Peers}. Atomix's own messaging waits for ever for a connection
 * whose other side went away while it was being made, with all later messages of that type; derives
 * the limit of a message from the last ten answers, down to 100 ms, so that a slow disk looks like
 * a dead node; and makes a connection for each type, some of them only during an election.
 */
final class NodeCommunication extends DefaultClusterCommunicationService {

  NodeCommunication(ClusterMembershipService members, Peers peers) {
    super(members, new OverPeers(members.getLocalMember().address(), peers), new NoUnicast());
  }

  /** Limits of time are the peers' own, whatever Atomix wishes. */
  private record OverPeers(Address address, Peers peers) implements MessagingService {

    /** As the members' settings have it; Atomix formats it by two patterns, for every message. */
    private static String name(Address address) {
      return address.host() + ':' + address.port();
    }

    @Override
    public CompletableFuture<Void> sendAsync(
        Address to, String type, byte[] payload, boolean keepAlive) {
      return peers.ask(name(to), type, payload).thenApply(nothing -> null);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(
        Address to, String type, byte[] payload, boolean keepAlive) {
      return peers.ask(name(to), type, payload);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(
        Address to, String type, byte[] payload, boolean keepAlive, Executor executor) {
      return peers.ask(name(to), type, payload).thenApplyAsync(answer -> answer, executor);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(
        Address to, String type, byte[] payload, boolean keepAlive, @Nullable Duration timeout) {
      return peers.ask(name(to), type, payload);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(
        Address to,
        String type,
        byte[] payload,
        boolean keepAlive,
        @Nullable Duration timeout,
        Executor executor) {
      return sendAndReceive(to, type, payload, keepAlive, executor);
    }

    @Override
    public void registerHandler(
        String type, BiConsumer<Address, byte[]> handler, Executor executor) {
      peers.answer(
          type,
          payload ->
              CompletableFuture.runAsync(() -> handler.accept(address, payload), executor)
                  .thenApply(nothing -> new byte[0]));
    }

    @Override
    public void registerHandler(
        String type, BiFunction<Address, byte[], byte[]> handler, Executor executor) {
      peers.answer(
          type,
          payload ->
              CompletableFuture.supplyAsync(() -> handler.apply(address, payload), executor));
    }

    /** Nobody asks who sent a message: what matters of that is in the messages themselves. */
    @Override
    public void registerHandler(
        String type, BiFunction<Address, byte[], CompletableFuture<byte[]>> handler) {
      peers.answer(type, payload -> handler.apply(address, payload));
    }

    @Override
    public void unregisterHandler(String type) {
      peers.leaveUnanswered(type);
    }
  }

  /** Atomix sends session events by UDP; there are none. */
  private static final class NoUnicast implements UnicastService {

    @Override
    public void unicast(Address address, String subject, byte[] message) {
      throw new UnsupportedOperationException("no datagrams: " + subject);
    }

    @Override
    public void addListener(
        String subject, BiConsumer<Address, byte[]> listener, Executor executor) {}

    @Override
    public void removeListener(String subject, BiConsumer<Address, byte[]> listener) {}
  }
}
