package io.weir.consensus.server.node;

import java.nio.file.Path;

/**
 * A node that has ended by itself, or was killed.
 *
 * @param wasReady whether it could be asked before
 * @param output all that it said
 * @param lastWords the end of that
 */
public record EndedNode(
    String node, boolean wasReady, int exitCode, Path output, String lastWords) {

  /** For people; lines of what it said are indented. */
  @Override
  public String toString() {
    return "%s has ended%s, with exit code %d; all that it said is in %s"
            .formatted(node, wasReady ? "" : " before it was ready", exitCode, output)
        + (lastWords.isEmpty() ? "" : ", at last:\n" + lastWords.indent(2).stripTrailing());
  }
}
