package io.weir.operators.window;

/**
 * The windows of the current key that are not closed yet: what comes in, what goes out when. Works
 * on the keyed state and timers of the {@link WindowOperator}.
 */
interface OpenWindows {

  /** What became of a partial result. */
  enum Fate {
    /** All its windows took it. */
    TAKEN,
    /** It was too late for some of its windows; the others took it. */
    PARTLY_LATE,
    /** It was too late for all its windows: nothing took it. */
    LATE
  }

  /** Takes the windows that close. */
  @FunctionalInterface
  interface Results {
    void emit(Span window, Piece piece);
  }

  /**
   * Takes in a partial result, unless it is late.
   *
   * @param closed all windows that end at or before this + 1 are closed, and stay so
   */
  Fate take(Span span, Piece piece, long closed) throws Exception;

  /** Closes the windows whose last millisecond this is. */
  void close(long time, Results results) throws Exception;

  /** The last window that a partial result belongs to. */
  Span lastWindowOf(Span span);
}
