package io.weir.operators.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * What a {@link StaticSource} reads. Travels to the JobManager, which lists, and to the subtasks,
 * which open.
 */
public interface Origins extends Serializable {

  /**
   * All origins. Called once in the life of a job, by the JobManager, when the job first starts:
   * what appears later is not read.
   *
   * @throws IOException if they cannot be listed; the job fails
   */
  List<Origin> list() throws IOException;

  /**
   * Opens an origin.
   *
   * @param from {@link Position#START} or a {@link Cursor#position()} of the same origin, perhaps
   *     of an earlier run of the job
   * @throws IOException if it cannot be read; the job fails
   */
  Cursor open(Origin origin, Position from) throws IOException;

  /** Whether every origin comes to an end. */
  default boolean isBounded() {
    return true;
  }

  /**
   * Whether a reader takes a record of each of its origins in turn, all of them open at once,
   * instead of reading one after the other.
   */
  default boolean isInterleaved() {
    return false;
  }
}
