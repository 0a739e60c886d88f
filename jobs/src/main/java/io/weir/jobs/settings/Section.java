package io.weir.jobs.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
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
 * One mapping of a settings file. Each key is asked for by the one component that knows it; {@link
 * #done()} then reports the keys that nobody asked for.
 */
public final class Section {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private final String path;
  private final MappingNode node;
  private final Map<String, NodeTuple> tuples = new LinkedHashMap<>();
  private final Set<String> asked = new HashSet<>();
  private final Problems problems;
  private final UnaryOperator<@Nullable String> environment;

  Section(
      String path,
      MappingNode node,
      Problems problems,
      UnaryOperator<@Nullable String> environment) {
    this.path = path;
    this.node = node;
    this.problems = problems;
    this.environment = environment;
    for (NodeTuple tuple : node.getValue()) {
      String key = keyOf(tuple);
      if (tuples.put(key, tuple) != null) {
        problems.add(tuple.getKeyNode().getStartMark(), pathOf(key), "stands here twice");
      }
    }
  }

  static String keyOf(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
  }

  /** The keys that are there, in the order of the file; null values count as absent. */
  public List<String> keys() {
    return tuples.keySet().stream().filter(this::has).toList();
  }

  /** Whether the key is there with a value. */
  public boolean has(String key) {
    return find(key) != null;
  }

  /** A text that must be there. */
  public String text(String key) {
    return required(key, this::scalar, "");
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
    return parsed(key, allowed, min, text -> inBounds(Long.parseLong(text), min, max));
  }

  /** A number within bounds, both inclusive. */
  public double number(String key, double otherwise, double min, double max) {
    String allowed = "must be a number from " + min + " to " + max;
    return has(key)
        ? parsed(key, allowed, min, text -> inBounds(Double.parseDouble(text), min, max))
        : otherwise;
  }

  private static <N extends Comparable<N>> N inBounds(N value, N min, N max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException("out of bounds");
    }
    return value;
  }

  public boolean flag(String key, boolean otherwise) {
    return has(key) ? choice(key, Map.of("true", Boolean.TRUE, "false", Boolean.FALSE)) : otherwise;
  }

  /** A duration, as {@link Durations} reads it. */
  public Duration duration(String key, Duration otherwise) {
    return has(key) ? duration(key) : otherwise;
  }

  /** A duration that must be there. */
  public Duration duration(String key) {
    return parsed(
        key,
        "must be a duration: " + Durations.SYNTAX,
        Duration.ZERO,
        text -> Durations.parse(text).orElseThrow(IllegalArgumentException::new));
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
    return choice(key, choices);
  }

  private <V> V choice(String key, Map<String, V> choices) {
    return parsed(
        key,
        "must be one of " + String.join(", ", choices.keySet()),
        choices.values().iterator().next(),
        text -> Optional.ofNullable(choices.get(text)).orElseThrow(IllegalArgumentException::new));
  }

  private <V> V parsed(String key, String allowed, V standIn, Function<String, V> parser) {
    String text = required(key, this::scalar, "");
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      if (has(key)) {
        problem(key, allowed + ", not " + written(find(key)));
      }
      return standIn;
    }
  }

  /** A list of texts; a single text counts as a list of one; absent is empty. */
  public List<String> texts(String key) {
    Node value = find(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof SequenceNode sequence)) {
      return List.of(scalar(key, value));
    }
    List<String> texts = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      texts.add(scalar(key, item));
    }
    return texts;
  }

  /** A mapping that must be there; an empty one stands in for it. */
  public Section section(String key) {
    return required(key, this::mapping, empty(key));
  }

  /** A mapping; absent counts as empty. */
  public Section sectionOrEmpty(String key) {
    return has(key) ? section(key) : empty(key);
  }

  /**
   * The only key of this mapping, which must be one of some: {@code source: {kafka: ...}}.
   *
   * @return the key, or the first allowed one where the mapping is wrong
   */
  public String exactlyOneOf(String... allowed) {
    List<String> keys = keys();
    if (keys.size() == 1 && Arrays.asList(allowed).contains(keys.get(0))) {
      return keys.get(0);
    }
    asked.addAll(tuples.keySet());
    problems.add(
        node.getStartMark(),
        path,
        "must hold exactly one of " + String.join(", ", allowed) + ", not " + keys);
    return allowed[0];
  }

  /** Free keys and texts, such as a client library's own properties; absent is empty. */
  public Map<String, String> properties(String key) {
    Section section = sectionOrEmpty(key);
    Map<String, String> properties = new LinkedHashMap<>();
    for (String name : section.keys()) {
      properties.put(name, section.text(name));
    }
    return properties;
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
    for (Map.Entry<String, NodeTuple> entry : tuples.entrySet()) {
      if (!asked.contains(entry.getKey())) {
        problems.add(
            entry.getValue().getKeyNode().getStartMark(),
            pathOf(entry.getKey()),
            "is unknown; allowed here: " + String.join(", ", asked.stream().sorted().toList()));
      }
    }
  }

  private @Nullable Node find(String key) {
    asked.add(key);
    NodeTuple tuple = tuples.get(key);
    return tuple == null || tuple.getValueNode().getTag().equals(Tag.NULL)
        ? null
        : tuple.getValueNode();
  }

  private <V> V required(String key, NodeReader<V> reader, V standIn) {
    Node value = find(key);
    if (value == null) {
      problem(key, "is missing");
      return standIn;
    }
    return reader.read(key, value);
  }

  private interface NodeReader<V> {
    V read(String key, Node value);
  }

  private String scalar(String key, Node value) {
    if (value instanceof ScalarNode scalar) {
      return expand(key, scalar.getValue());
    }
    problem(key, "must be a single value, not " + written(value));
    return "";
  }

  private Section mapping(String key, Node value) {
    if (value instanceof MappingNode mapping) {
      return new Section(pathOf(key), mapping, problems, environment);
    }
    problem(key, "must be a mapping of keys to values, not " + written(value));
    return empty(key);
  }

  private Section empty(String key) {
    Optional<Mark> place = node.getStartMark();
    MappingNode nothing =
        new MappingNode(Tag.MAP, false, new ArrayList<>(), node.getFlowStyle(), place, place);
    return new Section(pathOf(key), nothing, problems, environment);
  }

  private String expand(String key, String text) {
    return VARIABLE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(lookUp(key, match.group(1))));
  }

  private String lookUp(String key, String name) {
    String value = environment.apply(name);
    if (value == null) {
      problem(key, "the environment variable " + name + " is not set");
      return "";
    }
    return value;
  }

  // What the file says, never what a variable stands for: that may be a secret.
  private static String written(@Nullable Node value) {
    return value instanceof ScalarNode scalar
        ? scalar.getValue()
        : value instanceof SequenceNode ? "a list" : "a mapping";
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
