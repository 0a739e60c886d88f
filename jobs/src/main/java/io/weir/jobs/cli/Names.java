package io.weir.jobs.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Names that can be given, and the one that was probably meant by a name that cannot. */
final class Names {

  private Names() {}

  /** Says that a name is unknown, what was probably meant, and what is allowed. */
  static String unknown(String kind, String name, Collection<String> allowed) {
    return "unknown "
        + kind
        + " '"
        + name
        + "'"
        + nearest(name, allowed).map(near -> " (did you mean " + near + "?)").orElse("")
        + (allowed.isEmpty() ? "; there is none" : "; allowed: " + String.join(", ", allowed));
  }

  /** The allowed name that a slip of a few letters turns into this one. */
  static Optional<String> nearest(String name, Collection<String> allowed) {
    String typed = name.toLowerCase(Locale.ROOT);
    return allowed.stream()
        .filter(candidate -> distance(typed, candidate) <= slips(candidate))
        .min(Comparator.comparingInt(candidate -> distance(typed, candidate)));
  }

  // Two swapped letters are two replaced ones; in a name of two letters they would be everything.
  private static int slips(String name) {
    return name.length() <= 2 ? 0 : Math.max(2, name.length() / 3);
  }

  /** Letters to insert, delete or replace (Levenshtein), one row of the table at a time. */
  static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
