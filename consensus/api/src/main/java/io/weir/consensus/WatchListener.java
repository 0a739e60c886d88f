package io.weir.consensus;

/**
 * Receives the versions of a watched job, from one thread at a time, which it must not block. When
 * it throws, whatever it is, the watch ends there, for it could not go on without a gap; the
 * thread's handler of uncaught exceptions is told.
 */
public interface WatchListener {

  /** The next version, with content. */
  void onRevision(Revision revision);

  /**
   * The watch has ended, because it cannot go on: {@link StoreException.Compacted} when the next
   * version has no content any more; it is not called for a store that cannot be reached for a
   * while, nor after {@link Watch#close}.
   */
  void onEnd(StoreException reason);
}
