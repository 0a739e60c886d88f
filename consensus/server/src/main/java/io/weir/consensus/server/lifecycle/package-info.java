/**
 * How a node begins and ends, whatever its algorithm: its data is its own and whole, or it refuses
 * to start; what it must not go on with halts it.
 */
@NullMarked
package io.weir.consensus.server.lifecycle;

import org.jspecify.annotations.NullMarked;
