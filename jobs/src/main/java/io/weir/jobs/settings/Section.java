package io.weir.jobs.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

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

  private final String path;
  private final MappingNode node;
  private final Problems problems;
  private final Variables variables;
  private final Map<String, NodeTuple> tuples = new LinkedHashMap<>();
  private final Map<String, Section> sections = new HashMap<>();
  private final Set<String> known = new HashSet<>();

  Section(String path, MappingNode node, Problems problems, Variables variables) {
    this.path = path;
    this.node = node;
    this.problems = problems;
    this.variables = variables;
    for (NodeTuple tuple : node.getValue()) {
      if (tuples.put(keyOf(tuple), tuple) != null) {
        problems.add(tuple.getKeyNode().getStartMark(), pathOf(keyOf(tuple)), "stands here twice");
      }
    }
  }

  static String keyOf(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
  }

  /** The keys that are there, in the order of the file; null values count as absent. */
  public List<String> keys() {
    return tuples.keySet().stream().filter(key -> valueOf(key) != null).toList();
  }

  /** Whether the key is there with a value. */
  public boolean has(String key) {
    known.add(key);
    return valueOf(key) != null;
  }

  /** A text that must be there. */
  public String text(String key) {
    return required(key, "", this::scalar);
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

  /** One of an enum's constants, written in lower case with hyphens. */
  public <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
    return has(key) ? choice(key, type) : otherwise;
  }

  /** One of an enum's constants, written in lower case with hyphens; it must be there. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    Map<String, E> choices = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      choices.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    String allowed = "must be one of " + String.join(", ", choices.keySet());
    E standIn = choices.values().iterator().next();
    return parsed(key, allowed, standIn, text -> Optional.ofNullable(choices.get(text)));
  }

  /** A list of texts; a single text counts as a list of one; absent is empty. */
  public List<String> texts(String key) {
    if (!has(key)) {
      return List.of();
    }
    return required(key, List.of(), this::scalars);
  }

  /** A mapping that must be there; the same section each time. */
  public Section section(String key) {
    known.add(key);
    Section found = sections.get(key);
    if (found == null) {
      found = required(key, silent(key), this::mapping);
      sections.put(key, found);
    }
    return found;
  }

  /** A mapping; absent counts as empty. */
  public Section sectionOrEmpty(String key) {
    if (!has(key)) {
      sections.putIfAbsent(key, empty(key, problems));
    }
    return section(key);
  }

  /** Mappings in a list; a single mapping counts as a list of one; absent is empty. */
  public List<Section> sections(String key) {
    return has(key) ? required(key, List.of(), this::mappings) : List.of();
  }

  /** Whether the key is there with a single value, not with a mapping or a list. */
  public boolean isText(String key) {
    known.add(key);
    return valueOf(key) instanceof ScalarNode;
  }

  /**
   * The only key of this mapping, which must be one of some: {@code source: {kafka: ...}}.
   *
   * @return the key, or the first allowed one where the mapping is wrong; its section is then a
   *     stand-in
   */
  public String exactlyOneOf(String... allowed) {
    known.addAll(Arrays.asList(allowed));
    List<String> keys = keys();
    if (keys.size() == 1 && Arrays.asList(allowed).contains(keys.get(0))) {
      return keys.get(0);
    }
    problems.add(
        node.getStartMark(),
        path,
        "must hold exactly one of "
            + String.join(", ", allowed)
            + ", but holds "
            + (keys.isEmpty() ? "nothing" : String.join(", ", keys)));
    known.addAll(tuples.keySet());
    tuples.clear();
    sections.put(allowed[0], silent(allowed[0]));
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
      if (valueOf(key) instanceof MappingNode) {
        section(key).putInto(properties, prefix + key + ".");
      } else if (properties.put(prefix + key, text(key)) != null) {
        problem(key, "stands here twice");
      }
    }
  }

  /** Records that a key's value, readable in itself, cannot be used. */
  public void problem(String key, String message) {
    NodeTuple tuple = tuples.get(key);
    Optional<Mark> place =
        tuple == null ? node.getStartMark() : tuple.getValueNode().getStartMark();
    problems.add(place, pathOf(key), message);
  }

  /** Ends the reading of this mapping: keys that nobody asked for are mistakes. */
  public void done() {
    String allowed = known.isEmpty() ? "none" : String.join(", ", known.stream().sorted().toList());
    for (Map.Entry<String, NodeTuple> entry : tuples.entrySet()) {
      if (!known.contains(entry.getKey())) {
        problems.add(
            entry.getValue().getKeyNode().getStartMark(),
            pathOf(entry.getKey()),
            "is unknown; allowed here: " + allowed);
      }
    }
  }

  private @Nullable Node valueOf(String key) {
    NodeTuple tuple = tuples.get(key);
    return tuple == null || tuple.getValueNode().getTag().equals(Tag.NULL)
        ? null
        : tuple.getValueNode();
  }

  private <V> V required(String key, V standIn, BiFunction<String, Node, Optional<V>> reader) {
    known.add(key);
    Node value = valueOf(key);
    if (value == null) {
      problem(key, "is missing");
      return standIn;
    }
    return reader.apply(key, value).orElse(standIn);
  }

  private <V> V parsed(
      String key, String allowed, V standIn, Function<String, Optional<V>> parser) {
    return required(
        key,
        standIn,
        (name, value) ->
            scalar(name, value)
                .flatMap(
                    text -> {
                      Optional<V> parsed = attempt(parser, text);
                      if (parsed.isEmpty()) {
                        problem(name, allowed + ", not " + written(value));
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

  private Optional<List<String>> scalars(String key, Node value) {
    List<Node> items =
        value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
    List<String> texts = new ArrayList<>();
    for (Node item : items) {
      scalar(key, item).ifPresent(texts::add);
    }
    return Optional.of(List.copyOf(texts));
  }

  private Optional<String> scalar(String key, Node value) {
    if (!(value instanceof ScalarNode scalar) || value.getTag().equals(Tag.NULL)) {
      problem(key, "must be a single value, not " + written(value));
      return Optional.empty();
    }
    return variables.expand(scalar.getValue(), mistake -> problem(key, mistake));
  }

  private Optional<List<Section>> mappings(String key, Node value) {
    List<Node> items =
        value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
    List<Section> sections = new ArrayList<>();
    for (Node item : items) {
      mapping(key, item).ifPresent(sections::add);
    }
    return Optional.of(List.copyOf(sections));
  }

  private Optional<Section> mapping(String key, Node value) {
    if (value instanceof MappingNode mapping) {
      return Optional.of(new Section(pathOf(key), mapping, problems, variables));
    }
    problem(key, "must be a mapping of keys to values, not " + written(value));
    return Optional.empty();
  }

  private Section silent(String key) {
    return empty(key, new Problems());
  }

  private Section empty(String key, Problems reader) {
    return new Section(
        pathOf(key), Assignment.emptyMapping(node.getStartMark()), reader, variables);
  }

  // What the file says, never what a variable stands for: that may be a secret.
  private static String written(Node value) {
    if (value instanceof ScalarNode scalar) {
      return scalar.getValue().isEmpty() ? "empty" : scalar.getValue();
    }
    return value instanceof SequenceNode ? "a list" : "a mapping";
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
