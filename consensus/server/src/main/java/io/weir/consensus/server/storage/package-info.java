/**
 * What an acceptor keeps on disk: a log of its slots, checked by checksums, written once for all
 * that waits, and nothing answered before it is there. It has no thread of its own, and reaches the
 * disk through {@link io.weir.consensus.server.storage.Disk}, so that a simulation can fail it.
 */
@NullMarked
package io.weir.consensus.server.storage;

import org.jspecify.annotations.NullMarked;
