package io.weir.jobs.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads a settings file and lays overrides over it.
 *
 * <p>An override is {@code path.to.key=value}; the value is YAML, so {@code a.b=[x, y]} sets a
 * list. Mappings on the way are made where they are missing; what stood at the key is replaced as a
 * whole. {@code ${NAME}} inside a value stands for an environment variable.
 */
public final class SettingsFile {

  private final Problems problems;
  private final UnaryOperator<@Nullable String> environment;

  /**
   * Makes a reader.
   *
   * @param problems takes what is wrong
   * @param environment the value of an environment variable by its name, null if it is not set
   */
  public SettingsFile(Problems problems, UnaryOperator<@Nullable String> environment) {
    this.problems = problems;
    this.environment = environment;
  }

  /**
   * The settings of a file and of overrides.
   *
   * @param file none: the overrides are all there is
   */
  public Section read(@Nullable Path file, List<String> overrides) {
    MappingNode root = file == null ? emptyMapping(Optional.empty()) : readFile(file);
    for (String override : overrides) {
      apply(root, override);
    }
    return new Section("", root, problems, environment);
  }

  private MappingNode readFile(Path file) {
    try {
      return asRoot(compose(Files.readString(file), file.toString()), file.toString());
    } catch (IOException e) {
      problems.add(file + ": cannot be read: " + e);
      return emptyMapping(Optional.empty());
    }
  }

  private MappingNode asRoot(Optional<Node> node, String name) {
    if (node.isEmpty()) {
      return emptyMapping(Optional.empty());
    }
    if (node.get() instanceof MappingNode mapping) {
      return mapping;
    }
    problems.add(name + ": the settings must be a mapping of keys to values");
    return emptyMapping(Optional.empty());
  }

  private Optional<Node> compose(String yaml, String name) {
    LoadSettings settings = LoadSettings.builder().setLabel(name).setUseMarks(true).build();
    try {
      return new Compose(settings).composeString(yaml);
    } catch (MarkedYamlEngineException e) {
      problems.add(
          e.getProblemMark().or(e::getContextMark), "YAML", String.valueOf(e.getProblem()));
    } catch (YamlEngineException e) {
      problems.add(name + ": " + e.getMessage());
    }
    return Optional.empty();
  }

  private void apply(MappingNode root, String override) {
    int equals = override.indexOf('=');
    if (equals <= 0) {
      problems.add("--set " + override + ": must be path.to.key=value");
      return;
    }
    String path = override.substring(0, equals);
    Optional<Node> value = compose(override.substring(equals + 1), "--set " + path);
    value.ifPresentOrElse(
        node -> put(root, path, node),
        () -> problems.add("--set " + override + ": has no value after ="));
  }

  private void put(MappingNode root, String path, Node value) {
    String[] keys = path.split("\\.", -1);
    MappingNode at = root;
    for (int i = 0; i < keys.length - 1; i++) {
      at = child(at, keys[i], value);
    }
    replace(at, keys[keys.length - 1], value);
  }

  private static MappingNode child(MappingNode parent, String key, Node value) {
    for (NodeTuple tuple : parent.getValue()) {
      if (key.equals(Section.keyOf(tuple)) && tuple.getValueNode() instanceof MappingNode found) {
        return found;
      }
    }
    MappingNode made = emptyMapping(value.getStartMark());
    replace(parent, key, made);
    return made;
  }

  private static void replace(MappingNode parent, String key, Node value) {
    parent.getValue().removeIf(tuple -> key.equals(Section.keyOf(tuple)));
    Node keyNode =
        new ScalarNode(
            Tag.STR, false, key, ScalarStyle.PLAIN, value.getStartMark(), value.getEndMark());
    parent.getValue().add(new NodeTuple(keyNode, value));
  }

  private static MappingNode emptyMapping(Optional<Mark> mark) {
    return new MappingNode(Tag.MAP, false, new ArrayList<>(), FlowStyle.BLOCK, mark, mark);
  }
}
