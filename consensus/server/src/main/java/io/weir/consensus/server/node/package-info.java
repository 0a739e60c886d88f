/**
 * A node as a process: its settings file, the parts that make it, and a small cluster of child
 * processes for trying things on one machine.
 */
@NullMarked
package io.weir.consensus.server.node;

import org.jspecify.annotations.NullMarked;
