package io.weir.consensus.server.simulation;

import io.weir.consensus.server.paxos.Acceptor;
import io.weir.consensus.server.paxos.Archive;
import io.weir.consensus.server.paxos.Ballot;
import io.weir.consensus.server.paxos.Follower;
import io.weir.consensus.server.paxos.Message;
import io.weir.consensus.server.paxos.Past;
import io.weir.consensus.server.paxos.Proposer;
import io.weir.consensus.server.paxos.QuorumRead;
import io.weir.consensus.server.paxos.Registers;
import io.weir.consensus.server.paxos.Setting;
import io.weir.consensus.server.paxos.Slot;
import io.weir.consensus.server.storage.AcceptorLog;
import io.weir.consensus.server.storage.Disk;
import io.weir.consensus.server.storage.DurableAcceptor;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Planted bugs: each breaks one rule of the core or of the log. A simulation that does not find
 * them proves nothing about the core that it passes.
 */
enum Mutant {
  NO_ACCEPT_WHEN_NOTHING_CHANGES {
    @Override
    Build build() {
      return new ProposerBuild() {
        @Override
        Proposer proposer(String key, Setting setting) {
          return new Proposer(key, setting.node(), setting.incarnation(), ACCEPTORS) {
            @Override
            protected boolean needsAccept(byte[] current, byte[] next) {
              return current != next;
            }
          };
        }
      };
    }
  },

  REPEATED_REQUEST_IS_NOT_KNOWN {
    @Override
    Build build() {
      return new Build() {
        @Override
        boolean knowsRequests() {
          return false;
        }
      };
    }
  },

  BALLOT_USED_AGAIN_AFTER_UNRESOLVED_ACCEPT {
    @Override
    Build build() {
      return new ProposerBuild() {
        @Override
        Proposer proposer(String key, Setting setting) {
          return new Proposer(key, setting.node(), setting.incarnation(), ACCEPTORS) {
            @Override
            protected boolean keepsPromiseOfUnresolvedAccept() {
              return true;
            }
          };
        }
      };
    }
  },

  ANSWERS_BEFORE_THE_DISK_HAS_IT {
    @Override
    Build build() {
      return unsynced(request -> true);
    }
  },

  READ_TAKES_THE_HIGHEST_OF_A_MAJORITY {
    @Override
    Build build() {
      return new Build() {
        @Override
        Registers registers(Setting setting) {
          return new Registers(setting) {
            @Override
            protected QuorumRead quorumRead(QuorumRead.Found newest) {
              return new HighestRead(newest);
            }
          };
        }
      };
    }
  },

  ACCEPT_DOES_NOT_RAISE_THE_PROMISE {
    @Override
    Build build() {
      return new Build() {
        @Override
        Acceptor acceptor() {
          return new Acceptor(Chained::past, LIMITS) {
            @Override
            protected Ballot promiseWith(Message.Accept asked, Slot slot) {
              return slot.promised();
            }
          };
        }
      };
    }
  },

  READ_SHOWS_WHAT_IS_NOT_SYNCED {
    @Override
    Build build() {
      return unsynced(request -> request instanceof Message.Read);
    }
  },

  WATCH_SKIPS_WHAT_IT_DID_NOT_SEE {
    @Override
    Build build() {
      return new Build() {
        @Override
        Follower follower(Registers registers, Past.Reader reader, Follower.Target target) {
          return new Follower(registers, reader, target, SimulatedNode.LIMIT_MILLIS) {
            @Override
            protected boolean isNext(String key, Past newest) {
              return true;
            }
          };
        }
      };
    }
  },

  RESTART_FORGETS_PROMISES {
    @Override
    Build build() {
      return new Build() {
        @Override
        AcceptorLog log(Disk disk, long compactBytes) {
          return new AcceptorLog(disk, compactBytes) {
            @Override
            protected void restorePromise(Acceptor acceptor, String key, Ballot promised) {}
          };
        }
      };
    }
  },

  COMPACTION_SKIPS_ITS_SYNC {
    @Override
    Build build() {
      return new Build() {
        @Override
        AcceptorLog log(Disk disk, long compactBytes) {
          return new AcceptorLog(disk, compactBytes) {
            @Override
            protected void syncCompacted(String draft) {}
          };
        }
      };
    }
  },

  INCARNATION_IS_NOT_DURABLE {
    @Override
    Build build() {
      return new Build() {
        @Override
        int incarnation(int starts) {
          return 1;
        }
      };
    }
  };

  private static final int ACCEPTORS = 3;
  private static final Archive.Limits LIMITS = new Archive.Limits(1_000, 1_000, 1 << 20);

  /** The parts of a node, one of them broken. */
  abstract Build build();

  private static Build unsynced(Predicate<Message.Request> early) {
    return new Build() {
      @Override
      DurableAcceptor durable(Supplier<Acceptor> acceptors, Supplier<AcceptorLog> logs)
          throws IOException {
        return new DurableAcceptor(acceptors, logs) {
          @Override
          protected boolean mayLeaveUnsynced(Message.Request request) {
            return early.test(request);
          }
        };
      }
    };
  }

  private abstract static class ProposerBuild extends Build {
    abstract Proposer proposer(String key, Setting setting);

    @Override
    Registers registers(Setting setting) {
      return new Registers(setting) {
        @Override
        protected Proposer proposer(String key) {
          return ProposerBuild.this.proposer(key, setting);
        }
      };
    }
  }

  /** Whatever is newest of the first two answers, though only one acceptor may have it. */
  private static final class HighestRead extends QuorumRead {
    HighestRead(Found known) {
      super(ACCEPTORS, known);
    }

    @Override
    protected @Nullable Found found(Map<String, Message.Held> all, Message.Held last) {
      return all.values().stream()
          .max(Comparator.comparing(Message.Held::accepted))
          .map(this::found)
          .orElse(null);
    }
  }
}
