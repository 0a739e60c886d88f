package io.weir.consensus.server.history;

import org.jspecify.annotations.Nullable;

/**
 * One job in a configuration store: versions 1, 2, 3, ... of a document that is known by its hash.
 * A job starts unknown, which is version 0.
 */
public final class VersionedRegister
    implements Model<VersionedRegister.Held, VersionedRegister.Call, VersionedRegister.Answer> {

  /** What can be asked. */
  public sealed interface Call {}

  /** The newest version. */
  public record Read() implements Call {
    @Override
    public String toString() {
      return "read";
    }
  }

  /**
   * A new version, if the newest still is the expected one.
   *
   * @param hash of the proposed document; empty for a tombstone
   */
  public record Propose(long expected, String hash) implements Call {
    @Override
    public String toString() {
      return "propose " + named(hash) + " on version " + expected;
    }
  }

  /** What can be answered. */
  public sealed interface Answer {}

  /** To a read; version 0 when the job is unknown. */
  public record Held(long version, String hash) implements Answer {
    @Override
    public String toString() {
      return version == 0 ? "unknown job" : "version " + version + " with " + named(hash);
    }
  }

  /** To a proposal that was agreed on. */
  public record Agreed(long version) implements Answer {
    @Override
    public String toString() {
      return "agreed as version " + version;
    }
  }

  /** To a proposal that came too late. */
  public record Conflict(long actual) implements Answer {
    @Override
    public String toString() {
      return "conflict, the newest version is " + actual;
    }
  }

  private static String named(String hash) {
    return hash.isEmpty() ? "no document" : "document " + hash;
  }

  @Override
  public Held initial() {
    return new Held(0, "");
  }

  @Override
  public @Nullable Held after(Held state, Call call, @Nullable Answer answer) {
    if (call instanceof Propose propose) {
      return afterProposal(state, propose, answer);
    }
    return answer == null || answer.equals(state) ? state : null;
  }

  private static @Nullable Held afterProposal(Held state, Propose call, @Nullable Answer answer) {
    boolean matches = call.expected() == state.version();
    Answer truth = matches ? new Agreed(state.version() + 1) : new Conflict(state.version());
    if (answer != null && !answer.equals(truth)) {
      return null;
    }
    return matches ? new Held(state.version() + 1, call.hash()) : state;
  }

  // Versions only grow.
  @Override
  public boolean mayStillChange(Held state, Call call, @Nullable Answer answer) {
    return call instanceof Propose propose
        && !(answer instanceof Conflict)
        && propose.expected() >= state.version();
  }
}
