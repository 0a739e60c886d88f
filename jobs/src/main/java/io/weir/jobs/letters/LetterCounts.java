package io.weir.jobs.letters;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts letters by their reasons, of which there are few. */
public final class LetterCounts implements Consumer<Letter> {

  /** More are not told apart: whatever it is, it is no list of reasons. */
  private static final int MAX_REASONS = 1_000;

  private static final String OTHERS = "(others)";

  /**
   * What there is of one reason.
   *
   * @param example the id of the first one
   * @param detail of that one
   */
  public record Count(long letters, long bytes, String example, String detail) {

    private Count plus(long moreBytes) {
      return new Count(letters + 1, bytes + moreBytes, example, detail);
    }
  }

  private final Map<String, Count> byReason = new TreeMap<>();

  @Override
  public void accept(Letter letter) {
    boolean known = byReason.containsKey(letter.reason()) || byReason.size() < MAX_REASONS;
    String reason = known ? letter.reason() : OTHERS;
    Count before = byReason.getOrDefault(reason, new Count(0, 0, letter.id(), letter.detail()));
    byReason.put(reason, before.plus(letter.bytes().length));
  }

  /** By reason, in the order of the names. */
  public Map<String, Count> byReason() {
    return byReason;
  }
}
