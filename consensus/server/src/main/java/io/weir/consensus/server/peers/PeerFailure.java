package io.weir.consensus.server.peers;

import java.io.IOException;

/** A question has no answer; the message says at which node, and why. */
public final class PeerFailure extends IOException {

  private static final long serialVersionUID = 1L;

  PeerFailure(String message) {
    super(message);
  }
}
