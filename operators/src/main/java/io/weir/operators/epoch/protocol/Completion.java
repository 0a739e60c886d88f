package io.weir.operators.epoch.protocol;

import io.weir.operators.epoch.message.Document;

/** What one coordinator answers to a checkpoint. Barriers are sent when all have confirmed. */
public interface Completion {

  /** The checkpoint goes on; behind its barrier this version is in force. */
  void confirm(Document document);

  /** The checkpoint is aborted, without counting as a failure. */
  void decline(String reason);
}
