package io.weir.consensus.server.node;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How nodes agree. All nodes of a cluster have the same, for its whole life. */
public enum Algorithm {
  /** One log of all changes, by way of a leader. */
  RAFT,
  /** A register for each job, by way of any node. */
  PAXOS;

  /** As it is written in settings and on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads what {@link #toString} writes. */
  public static Algorithm of(String text) {
    return Arrays.stream(values())
        .filter(each -> each.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + text
                        + "' is no algorithm; allowed are "
                        + Arrays.stream(values())
                            .map(Algorithm::toString)
                            .collect(Collectors.joining(", "))));
  }
}
