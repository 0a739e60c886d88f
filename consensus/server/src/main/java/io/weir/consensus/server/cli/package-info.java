/**
 * The commands of {@code weir} that belong to the configuration store. They run in a process
 * without Flink, whose libraries do not get along with the store's.
 */
@NullMarked
package io.weir.consensus.server.cli;

import org.jspecify.annotations.NullMarked;
