package io.weir.consensus.server.lifecycle;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What happens when a node must not go on: its disk failed, its state is damaged, an error would
 * leave it half alive. Called once per node, from any thread; after it the node answers nobody.
 */
@FunctionalInterface
public interface HaltHandler {

  /** The exit code of a process that was halted. */
  int EXIT_CODE = 70;

  void halt(String reason, @Nullable Throwable cause);

  /** Ends the process at once, without shutdown hooks: nothing more may be written. */
  static HaltHandler process() {
    return (reason, cause) -> {
      LoggerFactory.getLogger(HaltHandler.class).error("halting: {}", reason, cause);
      Runtime.getRuntime().halt(EXIT_CODE);
    };
  }
}
