package io.weir.consensus.server.access;

import java.util.Locale;

/** What a token may do; each may do what those before it may. */
public enum Role {
  /** Reads everything, and checks a document without proposing it. */
  READ,

  /** Changes documents, registers schemas, writes the ledger: people who tune jobs, and jobs. */
  PROPOSE,

  /** Deletes, and has jobs adopt another history than the one that they come from. */
  ADMIN;

  public boolean may(Role needed) {
    return compareTo(needed) >= 0;
  }

  /** As it is written in files and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
