/**
 * The stores that are compared: three nodes each, as processes on this machine, with TLS, their
 * logs on disk before they answer, and otherwise as they come. A side is started, connected to,
 * asked for its leader, and loses and gets back nodes; its clients have the two operations that are
 * measured.
 */
@NullMarked
package io.weir.benchmarks.store.sides;

import org.jspecify.annotations.NullMarked;
