/**
 * The store as its clients have it: a {@link io.weir.consensus.ConfigurationStore} that asks the
 * nodes of a cluster over HTTP and TLS. A call goes to one node; when that fails, hangs, or cannot
 * reach its quorum, the call moves on to the next, until its own time limit ends.
 *
 * <p>A change carries a request id, so that repeating it is safe; a watch asks for the next version
 * by its number, so that it can go on at any node.
 */
@NullMarked
package io.weir.consensus.http;

import org.jspecify.annotations.NullMarked;
