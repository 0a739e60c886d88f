package io.weir.jobs.settings;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * One mapping of a settings file. Each key is read by the one component that knows it; {@link
 * #done()} then reports the keys that nobody knows.
 *
 * <p>A stand-in for a section that is missing or wrong is empty and silent: its own absence is the
 * mistake, and it is recorded already.
 */
public final class Section {

  // Java's own syntax of numbers takes more than people mean: 5d, 0x1p3, NaN.
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]+([eE][-+]?[0-9]+)?");

  private final Mapping mapping;
  private final Map<String, Section> sections = new HashMap<>();

  Section(Mapping mapping) {
    this.mapping = mapping;
  }

  /** The keys that are there, in the order of the file; null values count as absent. */
  public List<String> keys() {
    return mapping.keys();
  }

  /** Whether the key is there with a value. */
  public boolean has(String key) {
    return mapping.ask(key) != null;
  }

  /** A text that must be there. */
  public String text(String key) {
    return required(key, "", mapping::text);
  }

  /** A text, or null where the key is absent. */
  public @Nullable String optionalText(String key) {
    return has(key) ? text(key) : null;
  }

  public String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  /** A whole number within bounds, both inclusive. */
  public long integer(String key, long otherwise, long min, long max) {
    return has(key) ? integer(key, min, max) : otherwise;
  }

  /** A whole number within bounds, both inclusive, that must be there. */
  public long integer(String key, long min, long max) {
    String allowed = "must be a whole number from " + min + " to " + max;
    return parsed(key, allowed, min, text -> within(Long.parseLong(text), min, max));
  }

  /** A number within bounds, both inclusive. */
  public double number(String key, double otherwise, double min, double max) {
    String allowed = "must be a number from " + min + " to " + max;
    return has(key)
        ? parsed(key, allowed, min, text -> decimal(text).flatMap(n -> within(n, min, max)))
        : otherwise;
  }

  private static Optional<Double> decimal(String text) {
    return NUMBER.matcher(text).matches()
        ? Optional.of(Double.parseDouble(text))
        : Optional.empty();
  }

  private static <N extends Comparable<N>> Optional<N> within(N value, N min, N max) {
    return value.compareTo(min) >= 0 && value.compareTo(max) <= 0
        ? Optional.of(value)
        : Optional.empty();
  }

  public boolean flag(String key, boolean otherwise) {
    return has(key) ? parsed(key, "must be true or false", otherwise, Section::truth) : otherwise;
  }

  private static Optional<Boolean> truth(String text) {
    return text.equals("true") || text.equals("false")
        ? Optional.of(text.equals("true"))
        : Optional.empty();
  }

  /** A duration, as {@link Durations} reads it. */
  public Duration duration(String key, Duration otherwise) {
    return has(key) ? duration(key) : otherwise;
  }

  /** A duration that must be there. */
  public Duration duration(String key) {
    String allowed = "must be a duration: " + Durations.SYNTAX;
    return parsed(key, allowed, Duration.ZERO, Durations::parse);
  }

  /** A duration above zero that must be there; zero where it is not. */
  public Duration positiveDuration(String key) {
    String allowed = "must be a duration longer than nothing: " + Durations.SYNTAX;
    return parsed(
        key,
        allowed,
        Duration.ZERO,
        text -> Durations.parse(text).filter(duration -> !duration.isZero()));
  }

  /** One of an enum's constants, written in lower case with hyphens. */
  public <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
    return has(key) ? choice(key, type) : otherwise;
  }

  /** One of an enum's constants, written in lower case with hyphens; it must be there. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    return chosen(key, type).orElse(type.getEnumConstants()[0]);
  }

  /** As {@link #choice(String, Class)}, but nothing where it is missing or wrong. */
  public <E extends Enum<E>> Optional<E> chosen(String key, Class<E> type) {
    Map<String, E> choices = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      choices.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    String allowed = "must be one of " + String.join(", ", choices.keySet());
    return parsed(key, allowed, text -> Optional.ofNullable(choices.get(text)));
  }

  /** A list of texts; a single text counts as a list of one; absent is empty. */
  public List<String> texts(String key) {
    return list(key, mapping::text);
  }

  /** A mapping that must be there; the same section each time. */
  public Section section(String key) {
    Section found = sections.get(key);
    if (found == null) {
      found = required(key, new Section(mapping.silent(key)), this::sectionIn);
      sections.put(key, found);
    }
    return found;
  }

  private Optional<Section> sectionIn(String key, Node value) {
    return mapping.mapping(key, value).map(Section::new);
  }

  /** A mapping; absent counts as empty. */
  public Section sectionOrEmpty(String key) {
    if (!has(key)) {
      sections.putIfAbsent(key, new Section(mapping.empty(key)));
    }
    return section(key);
  }

  /** Mappings in a list; a single mapping counts as a list of one; absent is empty. */
  public List<Section> sections(String key) {
    return list(key, this::sectionIn);
  }

  private <V> List<V> list(String key, BiFunction<String, Node, Optional<V>> reader) {
    Node value = mapping.ask(key);
    return value == null
        ? List.of()
        : Mapping.items(value).stream().flatMap(item -> reader.apply(key, item).stream()).toList();
  }

  /** Whether the key is there with a single value, not with a mapping or a list. */
  public boolean isText(String key) {
    return mapping.ask(key) instanceof ScalarNode;
  }

  /**
   * The only key of this mapping, which must be one of some: {@code source: {kafka: ...}}.
   *
   * @return the key, or the first allowed one where the mapping is wrong; its section is then a
   *     stand-in
   */
  public String exactlyOneOf(String... allowed) {
    mapping.know(List.of(allowed));
    List<String> keys = keys();
    if (keys.size() == 1 && List.of(allowed).contains(keys.get(0))) {
      return keys.get(0);
    }
    mapping.giveUp(
        "must hold exactly one of "
            + String.join(", ", allowed)
            + ", but holds "
            + (keys.isEmpty() ? "nothing" : String.join(", ", keys)));
    sections.put(allowed[0], new Section(mapping.silent(allowed[0])));
    return allowed[0];
  }

  /**
   * Free keys and texts, such as a client library's own properties; absent is empty. A mapping
   * inside adds its key and a dot to the names in it, so that {@code --set properties.group.id=g}
   * means the property {@code group.id}.
   */
  public Map<String, String> properties(String key) {
    Map<String, String> properties = new LinkedHashMap<>();
    sectionOrEmpty(key).putInto(properties, "");
    return properties;
  }

  private void putInto(Map<String, String> properties, String prefix) {
    for (String key : keys()) {
      if (mapping.ask(key) instanceof MappingNode) {
        section(key).putInto(properties, prefix + key + ".");
      } else if (properties.put(prefix + key, text(key)) != null) {
        problem(key, "stands here twice");
      }
    }
  }

  /** Takes a text for what the settings say, where they say nothing. */
  public void assume(String key, String text) {
    mapping.assume(key, mapping.scalar(text));
  }

  /** Takes a mapping of texts for what the settings say, where they say nothing. */
  public void assume(String key, Map<String, String> texts) {
    mapping.assume(key, mapping.texts(texts));
  }

  /** Says that keys are allowed that nobody is going to read. */
  public void know(String... keys) {
    mapping.know(List.of(keys));
  }

  /** Records that a key's value, readable in itself, cannot be used. */
  public void problem(String key, String message) {
    mapping.problem(key, message);
  }

  /** Ends the reading of this mapping: keys that nobody asked for are mistakes. */
  public void done() {
    mapping.done();
  }

  private <V> V required(String key, V standIn, BiFunction<String, Node, Optional<V>> reader) {
    return required(key, reader).orElse(standIn);
  }

  private <V> Optional<V> required(String key, BiFunction<String, Node, Optional<V>> reader) {
    Node value = mapping.ask(key);
    if (value == null) {
      problem(key, "is missing");
      return Optional.empty();
    }
    return reader.apply(key, value);
  }

  private <V> V parsed(
      String key, String allowed, V standIn, Function<String, Optional<V>> parser) {
    return parsed(key, allowed, parser).orElse(standIn);
  }

  private <V> Optional<V> parsed(String key, String allowed, Function<String, Optional<V>> parser) {
    return required(
        key,
        (name, value) ->
            mapping
                .text(name, value)
                .flatMap(
                    text -> {
                      Optional<V> parsed = attempt(parser, text);
                      if (parsed.isEmpty()) {
                        problem(name, allowed + ", not " + Mapping.written(value));
                      }
                      return parsed;
                    }));
  }

  private static <V> Optional<V> attempt(Function<String, Optional<V>> parser, String text) {
    try {
      return parser.apply(text);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
