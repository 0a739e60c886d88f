package io.weir.consensus.server.storage;

import java.io.IOException;

/** The log is not whole, and no crash explains it; the message says where, and what to do. */
public final class DamagedLog extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedLog(String message) {
    super(message);
  }
}
