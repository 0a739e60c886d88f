package io.weir.operators.epoch.protocol;

/**
 * One attempt of a configured operator's subtask.
 *
 * @param place where it is
 * @param attempt from 0
 */
public record Member(Place place, int attempt) {

  /**
   * A subtask of an operator, whichever attempt runs there.
   *
   * @param operator the operator's id
   * @param subtask from 0
   */
  public record Place(String operator, int subtask) {}

  /** Whether another one is a later attempt of the same subtask. */
  boolean isReplacedBy(Member other) {
    return other.place.equals(place) && other.attempt > attempt;
  }

  public static Member of(String operator, int subtask, int attempt) {
    return new Member(new Place(operator, subtask), attempt);
  }
}
