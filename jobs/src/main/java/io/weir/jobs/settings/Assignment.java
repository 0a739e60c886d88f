package io.weir.jobs.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One {@code --set path.to.key=value}: replaces what stands at the key as a whole, or adds it;
 * mappings on the way are made where they are missing. A key that contains dots itself is found by
 * its full name.
 *
 * @param path the keys joined by dots
 * @param value what is set
 */
record Assignment(String path, Node value) {

  private static final String LABEL = "--set ";

  /** What stands for a file's name in the marks of an override's nodes. */
  static String label(String path) {
    return LABEL + path;
  }

  static boolean isLabel(String name) {
    return name.startsWith(LABEL);
  }

  /**
   * The mapping with this value laid over it; the given one is not changed, since two places of a
   * file may share it by an alias.
   */
  MappingNode over(MappingNode root, Problems problems) {
    return over(root, path, problems);
  }

  private MappingNode over(MappingNode mapping, String rest, Problems problems) {
    int dot = rest.indexOf('.');
    if (dot < 0 || find(mapping, rest) != null) {
      return with(mapping, rest, value);
    }
    String key = rest.substring(0, dot);
    MappingNode child = child(mapping, key, problems);
    return with(mapping, key, over(child, rest.substring(dot + 1), problems));
  }

  private MappingNode child(MappingNode parent, String key, Problems problems) {
    Node found = find(parent, key);
    if (found instanceof MappingNode mapping) {
      return mapping;
    }
    if (found != null && !found.getTag().equals(Tag.NULL)) {
      problems.add(
          value.getStartMark(), path, key + " is no mapping, so nothing can be set inside it");
    }
    return emptyMapping(value.getStartMark());
  }

  private static @Nullable Node find(MappingNode mapping, String key) {
    return mapping.getValue().stream()
        .filter(tuple -> key.equals(Mapping.keyOf(tuple)))
        .findFirst()
        .map(NodeTuple::getValueNode)
        .orElse(null);
  }

  private static MappingNode with(MappingNode mapping, String key, Node value) {
    List<NodeTuple> tuples = new ArrayList<>(mapping.getValue());
    tuples.removeIf(tuple -> key.equals(Mapping.keyOf(tuple)));
    Optional<Mark> place = value.getStartMark();
    Node name = new ScalarNode(Tag.STR, false, key, ScalarStyle.PLAIN, place, place);
    tuples.add(new NodeTuple(name, value));
    return new MappingNode(
        Tag.MAP, false, tuples, FlowStyle.BLOCK, mapping.getStartMark(), mapping.getEndMark());
  }

  /** A mapping without keys. */
  static MappingNode emptyMapping(Optional<Mark> place) {
    return new MappingNode(Tag.MAP, false, new ArrayList<>(), FlowStyle.BLOCK, place, place);
  }
}
