package io.weir.jobs.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping as it stands in YAML: its keys and nodes, which keys were asked for, and where in the
 * file a mistake is. Knows nothing of what the values mean.
 */
final class Mapping {

  private final String path;
  private final MappingNode node;
  private final Problems problems;
  private final Variables variables;
  private final Map<String, NodeTuple> tuples = new LinkedHashMap<>();
  private final Set<String> known = new HashSet<>();

  /**
   * A mapping of a document.
   *
   * @param path the keys that lead to it, joined by dots; empty for the whole
   */
  Mapping(String path, MappingNode node, Problems problems, Variables variables) {
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
  List<String> keys() {
    return tuples.keySet().stream().filter(key -> valueOf(key) != null).toList();
  }

  /** A key's value, null if it is absent; the key counts as known from here on. */
  @Nullable Node ask(String key) {
    known.add(key);
    return valueOf(key);
  }

  private @Nullable Node valueOf(String key) {
    NodeTuple tuple = tuples.get(key);
    return tuple == null || tuple.getValueNode().getTag().equals(Tag.NULL)
        ? null
        : tuple.getValueNode();
  }

  /** The text of a value; where it is none, that is a problem of the key. */
  Optional<String> text(String key, Node value) {
    if (!(value instanceof ScalarNode scalar) || value.getTag().equals(Tag.NULL)) {
      problem(key, "must be a single value, not " + written(value));
      return Optional.empty();
    }
    return variables.expand(scalar.getValue(), mistake -> problem(key, mistake));
  }

  /** The mapping that a value is; where it is none, that is a problem of the key. */
  Optional<Mapping> mapping(String key, Node value) {
    if (value instanceof MappingNode inner) {
      return Optional.of(new Mapping(pathOf(key), inner, problems, variables));
    }
    problem(key, "must be a mapping of keys to values, not " + written(value));
    return Optional.empty();
  }

  /** The values of a list; a single value counts as a list of one. */
  static List<Node> items(Node value) {
    return value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
  }

  /** What the file says, never what a variable stands for: that may be a secret. */
  static String written(Node value) {
    if (value instanceof ScalarNode scalar) {
      return scalar.getValue().isEmpty() ? "empty" : scalar.getValue();
    }
    return value instanceof SequenceNode ? "a list" : "a mapping";
  }

  /** An empty mapping in the place of one that is absent. */
  Mapping empty(String key) {
    return empty(key, problems);
  }

  /** An empty mapping that keeps its problems to itself: its absence is recorded already. */
  Mapping silent(String key) {
    return empty(key, new Problems());
  }

  private Mapping empty(String key, Problems reader) {
    return new Mapping(
        pathOf(key), Assignment.emptyMapping(node.getStartMark()), reader, variables);
  }

  /** Adds a text, or a mapping of texts, where the key is absent. */
  void assume(String key, Node value) {
    if (valueOf(key) == null) {
      tuples.put(key, new NodeTuple(scalar(key), value));
    }
  }

  /** A mapping of texts, as if it stood in the file where this one does. */
  Node texts(Map<String, String> texts) {
    List<NodeTuple> entries = new ArrayList<>();
    texts.forEach((key, text) -> entries.add(new NodeTuple(scalar(key), scalar(text))));
    return new MappingNode(
        Tag.MAP, false, entries, FlowStyle.BLOCK, node.getStartMark(), node.getEndMark());
  }

  Node scalar(String text) {
    return new ScalarNode(
        Tag.STR, false, text, ScalarStyle.PLAIN, node.getStartMark(), node.getEndMark());
  }

  /** Records what is wrong with a key. */
  void problem(String key, String message) {
    NodeTuple tuple = tuples.get(key);
    Optional<Mark> place =
        tuple == null ? node.getStartMark() : tuple.getValueNode().getStartMark();
    problems.add(place, pathOf(key), message);
  }

  /** Records what is wrong with the whole; none of its keys is looked at any more. */
  void giveUp(String message) {
    problems.add(node.getStartMark(), path, message);
    tuples.clear();
  }

  void know(Collection<String> keys) {
    known.addAll(keys);
  }

  /** Keys that nobody asked for are mistakes. */
  void done() {
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

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
