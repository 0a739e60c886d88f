/**
 * The commands {@code weir cluster} and {@code weir check}, which the script {@code ./weir} hands
 * over to this program, for it alone has everything that they start.
 */
@NullMarked
package io.weir.cluster.cli;

import org.jspecify.annotations.NullMarked;
