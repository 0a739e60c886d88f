package io.weir.jobs.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Collects the mistakes of one settings file. */
public final class Problems {

  private final List<String> found = new ArrayList<>();

  /** Records a mistake at a place of the file or of an override. */
  void add(Optional<Mark> place, String key, String message) {
    found.add(place.map(Problems::describe).orElse("") + key + ": " + message);
  }

  /** Records a mistake that has no place. */
  void add(String message) {
    found.add(message);
  }

  private static String describe(Mark mark) {
    return mark.getName().startsWith("--")
        ? mark.getName() + ": "
        : mark.getName() + ":" + (mark.getLine() + 1) + ": ";
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
