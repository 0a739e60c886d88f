package io.weir.consensus.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * State that is a pure function of the commands applied to it. It never throws at a command that
 * was committed: a refusal is an answer like any other.
 *
 * <p>Called by one thread at a time; what readers in other threads see, it publishes itself.
 */
public interface StateMachine {

  /**
   * Applies a committed command.
   *
   * @param index the command's place in the log: grows from call to call, with gaps
   * @param timeMillis the log's time, since 1970: the same on every node, never running backwards
   * @param command owned by the callee
   * @return the answer for whoever submitted it
   */
  byte[] apply(long index, long timeMillis, byte[] command);

  /** Writes the whole state; to memory: the caller adds lengths and checksums. */
  void snapshot(OutputStream out) throws IOException;

  /**
   * Replaces the whole state by one that {@link #snapshot} wrote; from memory.
   *
   * @throws IOException when the bytes are not such a state: the node must not go on
   */
  void restore(InputStream in) throws IOException;
}
