package io.weir.jobs.recommendation;

import io.weir.operators.epoch.InvalidConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A mapping of a document, read key by key; the first mistake is thrown, with its place. */
final class RulesSection {

  private final String path;
  private final Map<?, ?> values;
  private final TreeSet<String> known = new TreeSet<>();

  /**
   * A section.
   *
   * @param path the keys that lead to it, each with a dot behind it
   * @param value null counts as empty
   */
  RulesSection(String path, @Nullable Object value) throws InvalidConfigurationException {
    if (value != null && !(value instanceof Map)) {
      throw new InvalidConfigurationException(
          (path.isEmpty() ? "the document" : path) + " must be a mapping, not " + value);
    }
    this.path = path;
    values = value == null ? Map.of() : (Map<?, ?>) value;
  }

  List<String> keys() {
    return values.keySet().stream().map(String::valueOf).toList();
  }

  private @Nullable Object ask(String key) {
    known.add(key);
    return values.get(key);
  }

  RulesSection section(String key) throws InvalidConfigurationException {
    return new RulesSection(path + key + ".", ask(key));
  }

  int integer(String key, int otherwise, int min, int max) throws InvalidConfigurationException {
    Object value = ask(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Integer number && number >= min && number <= max) {
      return number;
    }
    throw mistake(key, "a whole number from " + min + " to " + max, value);
  }

  double number(String key, double otherwise, double min, double max)
      throws InvalidConfigurationException {
    Object value = ask(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number number
        && number.doubleValue() >= min
        && number.doubleValue() <= max) {
      return number.doubleValue();
    }
    throw mistake(key, "a number from " + min + " to " + max, value);
  }

  boolean flag(String key, boolean otherwise) throws InvalidConfigurationException {
    Object value = ask(key);
    if (value == null || value instanceof Boolean) {
      return value == null ? otherwise : (Boolean) value;
    }
    throw mistake(key, "true or false", value);
  }

  @Nullable String text(String key) throws InvalidConfigurationException {
    Object value = ask(key);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw mistake(key, "a text", value);
  }

  private InvalidConfigurationException mistake(String key, String allowed, Object value) {
    return new InvalidConfigurationException(
        "%s%s: must be %s, not %s".formatted(path, key, allowed, value));
  }

  /** Refuses keys that nobody asked for. */
  void done() throws InvalidConfigurationException {
    for (String key : keys()) {
      if (!known.contains(key)) {
        throw new InvalidConfigurationException(
            path + key + ": is unknown; allowed here: " + String.join(", ", known));
      }
    }
  }
}
