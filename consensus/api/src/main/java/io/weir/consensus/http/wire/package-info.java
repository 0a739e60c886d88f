/**
 * The form in which nodes and their clients speak: JSON (RFC 8259) in UTF-8 over HTTP, the same
 * words on both sides. Field names are in snake_case, times in ISO 8601, versions are numbers.
 *
 * <p>Requests are read strictly: a field that is not known is refused. Answers are read leniently,
 * so that a client goes on with a newer node.
 */
@NullMarked
package io.weir.consensus.http.wire;

import org.jspecify.annotations.NullMarked;
