/**
 * Connections that bring many requests each, as WebSockets: {@link
 * io.weir.consensus.http.envelope}. A request costs a fraction of what one by HTTP/1.1 does, where
 * each that waits needs a connection of its own.
 */
@NullMarked
package io.weir.consensus.server.front.stream;

import org.jspecify.annotations.NullMarked;
