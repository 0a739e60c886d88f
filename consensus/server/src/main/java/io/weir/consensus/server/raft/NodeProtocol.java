package io.weir.consensus.server.raft;

import io.atomix.cluster.MemberId;
import io.atomix.cluster.messaging.ClusterCommunicationService;
import io.atomix.protocols.raft.RaftError;
import io.atomix.protocols.raft.partition.impl.RaftNamespaces;
import io.atomix.protocols.raft.partition.impl.RaftServerCommunicator;
import io.atomix.protocols.raft.protocol.AppendRequest;
import io.atomix.protocols.raft.protocol.AppendResponse;
import io.atomix.protocols.raft.protocol.ConfigureRequest;
import io.atomix.protocols.raft.protocol.ConfigureResponse;
import io.atomix.protocols.raft.protocol.InstallRequest;
import io.atomix.protocols.raft.protocol.InstallResponse;
import io.atomix.protocols.raft.protocol.JoinRequest;
import io.atomix.protocols.raft.protocol.JoinResponse;
import io.atomix.protocols.raft.protocol.LeaveRequest;
import io.atomix.protocols.raft.protocol.LeaveResponse;
import io.atomix.protocols.raft.protocol.PollRequest;
import io.atomix.protocols.raft.protocol.PollResponse;
import io.atomix.protocols.raft.protocol.RaftResponse;
import io.atomix.protocols.raft.protocol.RaftResponse.Status;
import io.atomix.protocols.raft.protocol.ReconfigureRequest;
import io.atomix.protocols.raft.protocol.ReconfigureResponse;
import io.atomix.protocols.raft.protocol.VoteRequest;
import io.atomix.protocols.raft.protocol.VoteResponse;
import io.atomix.utils.serializer.Serializer;
import io.weir.consensus.server.lifecycle.Halt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What nodes say to each other, with three rules of our own: an answer leaves only when the log is
 * on disk, a request whose handling threw halts the node, and the membership does not change.
 *
 * <p>The requests guarded here are handled within one task of the raft thread. So a second task,
 * queued behind it, finds them answered, or knows that an error was swallowed.
 */
final class NodeProtocol extends RaftServerCommunicator {

  private static final String POSITION = "weir-position";
  private static final byte[] NOTHING = {};

  private final ClusterCommunicationService communication;
  private final Set<String> members;
  private final Halt halt;
  private @Nullable DurableRaftContext context;

  NodeProtocol(ClusterCommunicationService communication, Set<String> members, Halt halt) {
    super(Serializer.using(RaftNamespaces.RAFT_PROTOCOL), communication);
    this.communication = communication;
    this.members = members;
    this.halt = halt;
  }

  /** Before the first message comes in. */
  void attach(DurableRaftContext newContext) {
    context = newContext;
    CompletableFuture<Void> unused =
        communication.subscribe(
            POSITION,
            nothing -> nothing,
            nothing -> newContext.position(),
            Position::encode,
            Runnable::run);
  }

  /**
   * Learns up to where the log is committed, at least to where it was before the call.
   *
   * @param term of the leader
   */
  CompletableFuture<Long> readIndex(long term) {
    ReadRound round = new ReadRound(term, members.size());
    for (String member : members) {
      CompletableFuture<Void> unused =
          position(member)
              .handle(
                  (position, error) -> {
                    round.answered(member, position);
                    return null;
                  });
    }
    return round.index();
  }

  /** Keeps a connection to every member: an election is no time to make one. */
  void stayConnected() {
    for (String member : members) {
      CompletableFuture<Position> unused = position(member);
    }
  }

  private CompletableFuture<Position> position(String member) {
    return communication.send(
        POSITION, NOTHING, nothing -> nothing, Position::decode, MemberId.from(member), null);
  }

  @Override
  public void registerAppendHandler(
      Function<AppendRequest, CompletableFuture<AppendResponse>> handler) {
    super.registerAppendHandler(durable(handler));
  }

  @Override
  public void registerInstallHandler(
      Function<InstallRequest, CompletableFuture<InstallResponse>> handler) {
    super.registerInstallHandler(durable(handler));
  }

  @Override
  public void registerConfigureHandler(
      Function<ConfigureRequest, CompletableFuture<ConfigureResponse>> handler) {
    super.registerConfigureHandler(durable(handler));
  }

  @Override
  public void registerPollHandler(Function<PollRequest, CompletableFuture<PollResponse>> handler) {
    super.registerPollHandler(durable(handler));
  }

  @Override
  public void registerVoteHandler(Function<VoteRequest, CompletableFuture<VoteResponse>> handler) {
    super.registerVoteHandler(durable(handler));
  }

  @Override
  public void registerJoinHandler(Function<JoinRequest, CompletableFuture<JoinResponse>> handler) {
    super.registerJoinHandler(
        request ->
            members.contains(request.member().memberId().id())
                ? handler.apply(request)
                : refused(JoinResponse.builder(), request.member().memberId() + " is no member"));
  }

  @Override
  public void registerLeaveHandler(
      Function<LeaveRequest, CompletableFuture<LeaveResponse>> handler) {
    super.registerLeaveHandler(
        request -> refused(LeaveResponse.builder(), request.member().memberId() + " cannot leave"));
  }

  @Override
  public void registerReconfigureHandler(
      Function<ReconfigureRequest, CompletableFuture<ReconfigureResponse>> handler) {
    super.registerReconfigureHandler(
        request ->
            refused(
                ReconfigureResponse.builder(),
                request.member().memberId() + " cannot become another kind of member"));
  }

  /** Atomix's changes of the membership were never tried with the mends. */
  private <R extends RaftResponse> CompletableFuture<R> refused(
      RaftResponse.Builder<?, R> response, String what) {
    return CompletableFuture.completedFuture(
        response
            .withStatus(Status.ERROR)
            .withError(
                RaftError.Type.CONFIGURATION_ERROR,
                what
                    + ": the members of a cluster are fixed, here "
                    + String.join(", ", new TreeSet<>(members))
                    + "; start a new cluster from a backup")
            .build());
  }

  <Q, R> Function<Q, CompletableFuture<R>> durable(Function<Q, CompletableFuture<R>> handler) {
    return request -> {
      DurableRaftContext raft = context;
      if (raft == null) {
        throw new IllegalStateException("a message before the node was ready for it");
      }
      CompletableFuture<R> answer = new CompletableFuture<>();
      CompletableFuture<R> handled = handler.apply(request);
      raft.getThreadContext().execute(() -> answer(raft, request, handled, answer));
      return answer;
    };
  }

  private <Q, R> void answer(
      DurableRaftContext raft,
      Q request,
      CompletableFuture<R> handled,
      CompletableFuture<R> answer) {
    if (!handled.isDone()) {
      halt.now("an error was swallowed while handling " + request, null);
    }
    if (halt.isHalted()) {
      return;
    }
    raft.getLogWriter().flush();
    raft.commitWhatIsKnown();
    try {
      answer.complete(handled.join());
    } catch (CompletionException e) {
      answer.completeExceptionally(e);
    }
  }
}
