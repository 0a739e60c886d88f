/**
 * The configurations of all jobs as a pure state machine: commands and their log's time in, answers
 * and state out. Every store keeps its state in it, so they all decide alike.
 *
 * <p>A command is applied by one thread at a time; reading is allowed from any.
 */
@NullMarked
package io.weir.consensus.register;

import org.jspecify.annotations.NullMarked;
