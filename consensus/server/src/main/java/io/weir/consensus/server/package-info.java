/** The nodes of the configuration store. */
@NullMarked
package io.weir.consensus.server;

import org.jspecify.annotations.NullMarked;
