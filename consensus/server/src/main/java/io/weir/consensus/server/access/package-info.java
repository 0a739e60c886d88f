/**
 * Who may do what: a request carries a token, a token has a name for the history and one of three
 * roles, each of which may do all that the one before may.
 *
 * <pre>
 * none      /health, /ready
 * read      every GET besides, also /metrics (Prometheus sends a bearer token); checks of proposals
 * propose   set, roll back; register a schema; write the ledger: a running job needs this one
 * admin     delete
 * </pre>
 *
 * <p>A node knows only hashes of tokens, so that its files give none away.
 */
@NullMarked
package io.weir.consensus.server.access;

import org.jspecify.annotations.NullMarked;
