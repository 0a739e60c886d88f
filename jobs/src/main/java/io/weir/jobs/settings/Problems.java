package io.weir.jobs.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Collects the mistakes of one job's settings. */
public final class Problems {

  private final List<String> found = new ArrayList<>();

  /** Records a mistake at a place of the file or of an override. */
  void add(Optional<Mark> place, String key, String message) {
    String where = place.map(Problems::describe).orElse("");
    add(
        where.equals(Assignment.label(key))
            ? where + ": " + message
            : prefix(where, key) + message);
  }

  private static String prefix(String where, String key) {
    return (where.isEmpty() ? "" : where + ": ") + (key.isEmpty() ? "" : key + ": ");
  }

  /** Records a mistake that has no place. */
  void add(String message) {
    found.add(message);
  }

  // An override is one line of the command line; only a file has lines to count.
  private static String describe(Mark mark) {
    return Assignment.isLabel(mark.getName())
        ? mark.getName()
        : mark.getName() + ":" + (mark.getLine() + 1);
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /**
   * Ends the reading.
   *
   * @throws InvalidSettingsException if anything was wrong
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidSettingsException(found);
    }
  }
}
