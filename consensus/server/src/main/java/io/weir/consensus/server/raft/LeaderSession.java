package io.weir.consensus.server.raft;

import io.atomix.cluster.MemberId;
import io.atomix.primitive.operation.OperationId;
import io.atomix.primitive.operation.PrimitiveOperation;
import io.atomix.primitive.service.ServiceConfig;
import io.atomix.protocols.raft.ReadConsistency;
import io.atomix.protocols.raft.protocol.CommandRequest;
import io.atomix.protocols.raft.protocol.CommandResponse;
import io.atomix.protocols.raft.protocol.KeepAliveRequest;
import io.atomix.protocols.raft.protocol.OpenSessionRequest;
import io.atomix.protocols.raft.protocol.OpenSessionResponse;
import io.atomix.protocols.raft.protocol.RaftResponse.Status;
import io.atomix.protocols.raft.protocol.RaftServerProtocol;
import io.atomix.utils.serializer.Serializer;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * This node's session with one leader in one term. Atomix numbers the commands of a session and
 * waits for the missing ones; with a session per term no number can go missing, and none has to be
 * repaired after an election: the next leader gets a session of its own and the commands again.
 *
 * <p>The submitter's thread only.
 */
final class LeaderSession {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String STATE_MACHINE = "weir";
  private static final OperationId APPLY = OperationId.command("apply");

  private final RaftServerProtocol protocol;
  private final String node;
  private final MemberId leader;
  private final long term;
  private final TreeMap<Long, List<Pending>> inFlight = new TreeMap<>();
  private long id;
  private long lastSequence;

  LeaderSession(RaftServerProtocol protocol, String node, MemberId leader, long term) {
    this.protocol = protocol;
    this.node = node;
    this.leader = leader;
    this.term = term;
  }

  long term() {
    return term;
  }

  boolean isWith(String leaderName, long ofTerm) {
    return leader.id().equals(leaderName) && term == ofTerm;
  }

  boolean isOpen() {
    return id > 0;
  }

  int inFlight() {
    return inFlight.size();
  }

  CompletableFuture<OpenSessionResponse> open(CommandType type) {
    return protocol.openSession(
        leader,
        OpenSessionRequest.builder()
            .withMemberId(MemberId.from(node))
            .withServiceName(STATE_MACHINE)
            .withServiceType(type)
            .withServiceConfig(Serializer.using(type.namespace()).encode(new ServiceConfig()))
            .withReadConsistency(ReadConsistency.SEQUENTIAL)
            .withMinTimeout(TIMEOUT.toMillis())
            .withMaxTimeout(TIMEOUT.toMillis())
            .build());
  }

  boolean opened(OpenSessionResponse response) {
    id = response.status() == Status.OK ? response.session() : 0;
    return isOpen();
  }

  /** Sends the commands as one entry of the log; returns the number to hand to {@link #take}. */
  long next(List<Pending> batch) {
    inFlight.put(++lastSequence, batch);
    return lastSequence;
  }

  CompletableFuture<CommandResponse> send(long sequence) {
    List<Pending> batch = inFlight.getOrDefault(sequence, List.of());
    batch.forEach(Pending::sent);
    List<byte[]> commands = batch.stream().map(Pending::command).toList();
    return protocol.command(
        leader,
        CommandRequest.builder()
            .withSession(id)
            .withSequence(sequence)
            .withOperation(PrimitiveOperation.operation(APPLY, Batch.encode(commands)))
            .build());
  }

  /** The batch is answered. */
  List<Pending> take(long sequence) {
    List<Pending> batch = inFlight.remove(sequence);
    return batch == null ? List.of() : batch;
  }

  /** All that was sent and not answered, oldest first. */
  List<Pending> unanswered() {
    return inFlight.values().stream().flatMap(List::stream).toList();
  }

  /** Keeps the session, and lets the leader forget answers that arrived. */
  CompletableFuture<Boolean> keepAlive() {
    long answered = inFlight.isEmpty() ? lastSequence : inFlight.firstKey() - 1;
    return protocol
        .keepAlive(
            leader,
            KeepAliveRequest.builder()
                .withSessionIds(new long[] {id})
                .withCommandSequences(new long[] {answered})
                .withEventIndexes(new long[] {id})
                .build())
        .thenApply(
            response ->
                response.status() == Status.OK
                    && response.sessionIds().length == 1
                    && response.sessionIds()[0] == id);
  }
}
