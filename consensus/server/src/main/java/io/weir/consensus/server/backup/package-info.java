/**
 * A store's whole content as one file, and back: documents with their numbers, hashes and history,
 * tombstones, ledgers and schemas.
 *
 * <p>The file is JSON lines, compressed by gzip: what it is; then of each job its name, schema and
 * newest version, its ledger, its versions oldest first; last the counts and the SHA-256 of all
 * lines before. It is read twice when it is restored, first as a whole to check every hash, then to
 * send it, and never held in memory.
 *
 * <p>It goes through the front of a running cluster, so it is the same for every algorithm.
 */
@NullMarked
package io.weir.consensus.server.backup;

import org.jspecify.annotations.NullMarked;
