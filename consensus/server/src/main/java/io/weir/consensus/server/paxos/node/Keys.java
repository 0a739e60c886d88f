package io.weir.consensus.server.paxos.node;

import io.weir.consensus.register.JobHead;
import io.weir.consensus.register.Stored;
import io.weir.consensus.server.paxos.Past;
import org.jspecify.annotations.Nullable;

/** The registers of a job, and what is kept of their states. */
final class Keys {

  private static final String HEAD = "head/";
  private static final String LEDGER = "ledger/";

  private Keys() {}

  static String head(String job) {
    return HEAD + job;
  }

  static String ledger(String job) {
    return LEDGER + job;
  }

  static boolean isHead(String key) {
    return key.startsWith(HEAD);
  }

  static String job(String key) {
    return key.substring(key.indexOf('/') + 1);
  }

  static JobHead head(String job, byte[] state) {
    return state.length == 0 ? JobHead.none(job) : JobHead.decode(state);
  }

  /** Old versions are kept; old ledgers are in newer ones. */
  static @Nullable Past past(String key, byte[] state) {
    Stored newest = isHead(key) && state.length > 0 ? JobHead.decode(state).newest() : null;
    return newest == null
        ? null
        : new Past(
            newest.revision().version(),
            newest.revision().hash(),
            newest.about(),
            newest.content());
  }

  static Stored stored(Past past) {
    return Stored.of(past.about(), past.content());
  }
}
