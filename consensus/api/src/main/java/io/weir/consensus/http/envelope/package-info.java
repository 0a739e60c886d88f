/**
 * Many requests on one connection: each node takes them at {@code /v1/requests} as a WebSocket (RFC
 * 6455), and clients whose requests overlap speak to it so. What travels is a row of {@linkplain
 * io.weir.consensus.http.envelope.Envelope envelopes} in binary messages, whose bounds mean
 * nothing.
 */
@NullMarked
package io.weir.consensus.http.envelope;

import org.jspecify.annotations.NullMarked;
