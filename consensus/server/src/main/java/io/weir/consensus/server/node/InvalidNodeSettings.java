package io.weir.consensus.server.node;

import java.nio.file.Path;
import java.util.List;

/** A node's settings file cannot be used; the message has a line for every mistake. */
public final class InvalidNodeSettings extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidNodeSettings(Path file, List<String> mistakes) {
    super(file + ":\n  " + String.join("\n  ", mistakes));
  }
}
