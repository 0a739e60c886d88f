package io.weir.consensus.server.raft;

import io.atomix.cluster.ClusterMembershipService;
import io.atomix.cluster.MemberId;
import io.atomix.cluster.messaging.MessagingService;
import io.atomix.cluster.messaging.UnicastService;
import io.atomix.cluster.messaging.impl.DefaultClusterCommunicationService;
import io.atomix.utils.net.Address;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Messages between nodes, over TCP alone and with one fixed time limit. Atomix would derive the
 * limit from the last ten answers, down to 100 ms, so that a slow disk looks like a dead node.
 */
final class NodeCommunication extends DefaultClusterCommunicationService {

  private final Duration limit;

  NodeCommunication(ClusterMembershipService members, MessagingService messaging, Duration limit) {
    super(members, messaging, new NoUnicast());
    this.limit = limit;
  }

  @Override
  public <M, R> CompletableFuture<R> send(
      String subject,
      M message,
      Function<M, byte[]> encoder,
      Function<byte[], R> decoder,
      MemberId to,
      @Nullable Duration timeout) {
    return super.send(subject, message, encoder, decoder, to, timeout == null ? limit : timeout);
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
