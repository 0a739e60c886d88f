package io.weir.jobs.rest;

import java.util.List;

/** What a person wants to know of Flink's stack traces. */
public final class Causes {

  private static final String CAUSED_BY = "Caused by: ";
  private static final String FRAME = "<Exception on server side:";

  private Causes() {}

  /** The innermost cause, in a line. */
  public static String innermost(String trace) {
    List<String> lines = trace.replace(FRAME, "").lines().map(String::strip).toList();
    return lines.stream()
        .filter(line -> line.startsWith(CAUSED_BY))
        .reduce((outer, inner) -> inner)
        .map(line -> line.substring(CAUSED_BY.length()))
        .orElseGet(() -> lines.stream().filter(line -> !line.isEmpty()).findFirst().orElse(trace));
  }
}
