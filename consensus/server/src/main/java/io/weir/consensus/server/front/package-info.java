/**
 * The front of a node: HTTP/1.1 and WebSockets over TLS, on Jetty, for people, programs and running
 * jobs. Each node has one, and each answers everything.
 *
 * <p>What is asked is answered by {@link io.weir.consensus.server.endpoints}, and may be asked as
 * {@link io.weir.consensus.server.front.admission} says; here is how it arrives: connections, TLS,
 * sizes, times. No thread waits for a store.
 */
@NullMarked
package io.weir.consensus.server.front;

import org.jspecify.annotations.NullMarked;
