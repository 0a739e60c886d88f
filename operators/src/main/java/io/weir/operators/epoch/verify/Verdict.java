package io.weir.operators.epoch.verify;

import java.util.List;

/**
 * What a folder of stamps says of its jobs.
 *
 * @param violations the first of them, at most {@link EpochCheck#REPORTED} of each rule
 * @param found how many violations there are in all
 * @param stamps how many were read
 * @param records how many different ones they are of
 * @param epochs how many, of all jobs
 * @param versions how many different ones
 * @param restores how many attempts of subtasks began from a checkpoint
 */
public record Verdict(
    List<Violation> violations,
    long found,
    long stamps,
    long records,
    long epochs,
    long versions,
    long restores) {

  public Verdict {
    violations = List.copyOf(violations);
  }

  /** Whether no rule is broken. */
  public boolean isAccepted() {
    return found == 0;
  }
}
