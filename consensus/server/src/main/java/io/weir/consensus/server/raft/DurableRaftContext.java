package io.weir.consensus.server.raft;

import io.atomix.cluster.ClusterMembershipService;
import io.atomix.cluster.MemberId;
import io.atomix.primitive.PrimitiveTypeRegistry;
import io.atomix.protocols.raft.cluster.impl.DefaultRaftMember;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.protocol.RaftServerProtocol;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.protocols.raft.storage.log.RaftLogWriter;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.protocols.raft.storage.snapshot.SnapshotStore;
import io.atomix.storage.journal.Indexed;
import io.atomix.utils.concurrent.NullThreadContext;
import io.atomix.utils.concurrent.ThreadContext;
import io.weir.consensus.server.lifecycle.Halt;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Atomix' Raft server, made durable: the log is on disk before a leader counts itself, term and
 * vote before anybody hears of them.
 *
 * <p>The super class's constructor calls some of the methods overridden here before this class's
 * fields exist; those methods answer as the super class would until then. Nothing arrives from
 * other nodes before construction ends, because the messaging starts later.
 */
final class DurableRaftContext extends RaftContext {

  private record Committed(long index, long term) {}

  private final VoteFile votes;
  private final Halt halt;
  private final AppliedIndex appliedIndex = new AppliedIndex();
  private final @Nullable ThreadContext guardedThread;
  private final @Nullable DurableLogWriter durableWriter;
  private final @Nullable NodeSnapshots snapshots;
  private final Compaction compaction;
  private Committed committedElsewhere = new Committed(0, 0);
  private boolean flushQueued;

  /** For all threads; Atomix's own is for the raft thread alone. */
  private volatile long committed;

  /** The last term in which this node, as the leader, committed an entry of that term. */
  private volatile long committedTerm;

  DurableRaftContext(
      RaftSettings settings,
      ClusterMembershipService membership,
      RaftServerProtocol protocol,
      RaftStorage storage,
      PrimitiveTypeRegistry types,
      VoteFile votes,
      Halt halt) {
    super(
        settings.node(),
        MemberId.from(settings.node()),
        membership,
        protocol,
        storage,
        types,
        NullThreadContext::new,
        false);
    this.votes = votes;
    this.halt = halt;
    this.guardedThread = new GuardedThread(super.getThreadContext(), halt);
    this.snapshots = new NodeSnapshots(storage, getServiceManager().executor(), halt);
    this.compaction = new Compaction(this, settings, halt);
    this.durableWriter =
        new DurableLogWriter(
            super.getLogWriter(),
            getLog()::getCompactableIndex,
            settings.directory(),
            halt,
            this::appended);
    setElectionTimeout(settings.electionTimeout());
    setHeartbeatInterval(settings.heartbeat());
    takeUpTerm();
  }

  /** The vote file is written first, so its term is the newer one. */
  private void takeUpTerm() {
    if (votes.term() < super.getTerm()) {
      throw new IllegalStateException(
          "vote file is of term " + votes.term() + ", Atomix' own is of term " + super.getTerm());
    }
    super.setTerm(votes.term());
  }

  AppliedIndex appliedIndex() {
    return appliedIndex;
  }

  @Override
  public ThreadContext getThreadContext() {
    return guardedThread == null ? super.getThreadContext() : guardedThread;
  }

  @Override
  public RaftLogWriter getLogWriter() {
    return durableWriter == null ? super.getLogWriter() : durableWriter;
  }

  @Override
  public SnapshotStore getSnapshotStore() {
    return snapshots == null ? super.getSnapshotStore() : snapshots;
  }

  @Override
  public void setTerm(long term) {
    if (term > getTerm()) {
      write(term, null);
      super.setTerm(term);
    }
  }

  @Override
  public void setLastVotedFor(MemberId candidate) {
    String vote = votes.voteIn(getTerm());
    if (vote != null && !vote.equals(candidate.id())) {
      throw new IllegalStateException(
          "already voted for " + vote + " in term " + getTerm() + ", now for " + candidate.id());
    }
    write(getTerm(), candidate.id());
  }

  @Override
  @SuppressWarnings("NullAway") // Atomix: null means no vote
  public MemberId getLastVotedFor() {
    String vote = votes == null ? null : votes.voteIn(getTerm());
    return vote == null ? null : MemberId.from(vote);
  }

  private void write(long term, @Nullable String candidate) {
    try {
      votes.write(term, candidate);
    } catch (IOException e) {
      halt.now("the vote could not be made durable", e);
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Raft, section 5.3: an entry is committed once a majority stored it. A leader counts itself, so
   * its own log is on disk first; a follower flushes before it answers.
   */
  @Override
  public long setCommitIndex(long index) {
    if (index > getCommitIndex() && isLeader()) {
      getLogWriter().flush();
    }
    long previous = super.setCommitIndex(index);
    committed = getCommitIndex();
    if (committed > previous && isLeader()) {
      // Atomix's leader counts only what reaches an entry of its own term (Raft, section 5.4.2).
      committedTerm = getTerm();
    }
    return previous;
  }

  /**
   * Where this node is; when it leads, whatever was acknowledged before the call is at or before
   * the index. Any thread.
   */
  Position position() {
    // In this order: what was committed after the leader's own entry, by a leader that is still
    // one.
    long ownEntryIn = committedTerm;
    long index = committed;
    boolean leads = isLeader();
    long term = getTerm();
    return new Position(term, leads && term == ownEntryIn, index);
  }

  /**
   * Asked by followers alone, whose leader is silent: one that does not have its first committed
   * entry applied yet would let the timer end and never set another. Nodes that read large
   * snapshots while their leader stepped down waited for each other for ever. Elections are about
   * logs, not about what is applied, so there is nothing to wait for.
   */
  @Override
  public long getFirstCommitIndex() {
    return 0;
  }

  private void appended(int bytes) {
    compaction.appended(bytes);
    queueFlushAsLeader();
  }

  /**
   * Group commit: one flush for all that was appended, behind the requests to the followers in the
   * raft thread's queue, so that all disks write at the same time.
   */
  private void queueFlushAsLeader() {
    if (!flushQueued && isLeader()) {
      flushQueued = true;
      getThreadContext().execute(() -> getThreadContext().execute(this::flushQueued));
    }
  }

  private void flushQueued() {
    flushQueued = false;
    getLogWriter().flush();
  }

  @Override
  public void setLastApplied(long index) {
    super.setLastApplied(index);
    appliedIndex.advance(getLastApplied());
  }

  /**
   * A leader said in its term that its log is committed up to this index: no need to wait for its
   * next heartbeat to learn that. Any thread.
   */
  void committedBy(long index, long term) {
    getThreadContext()
        .execute(
            () -> {
              if (index > committedElsewhere.index()) {
                committedElsewhere = new Committed(index, term);
                commitWhatIsKnown();
              }
            });
  }

  /**
   * INVARIANT: where this log ends with an entry of that leader's term, at or behind the index, it
   * is the leader's log up to there (Raft, section 5.3, log matching), so the entry at the index is
   * the committed one.
   */
  void commitWhatIsKnown() {
    Committed known = committedElsewhere;
    if (known.index() <= getCommitIndex() || isLeader()) {
      return;
    }
    Indexed<RaftLogEntry> last = getLogWriter().getLastEntry();
    if (last != null && last.index() >= known.index() && last.entry().term() == known.term()) {
      setFirstCommitIndex(known.index());
      setCommitIndex(known.index());
      getServiceManager().applyAll(known.index());
    }
  }

  @Nullable String leaderName() {
    DefaultRaftMember leader = getLeader();
    return leader == null ? null : leader.memberId().id();
  }
}
