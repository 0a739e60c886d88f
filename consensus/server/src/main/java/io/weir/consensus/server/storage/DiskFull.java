package io.weir.consensus.server.storage;

import java.io.IOException;

/** The disk took nothing, mostly because it is full; what was durable still is. */
public final class DiskFull extends IOException {

  private static final long serialVersionUID = 1L;

  DiskFull(IOException cause) {
    super("the disk takes no more: " + cause.getMessage(), cause);
  }
}
