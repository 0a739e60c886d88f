package io.weir.jobs.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a settings file and lays overrides over it.
 *
 * <p>An override is {@code path.to.key=value}; the value is YAML, so {@code a.b=[x, y]} sets a
 * list. Mappings on the way are made where they are missing; what stood at the key is replaced as a
 * whole. {@code ${NAME}} inside a value stands for an environment variable.
 */
public final class SettingsFile {

  private static final MappingNode NOTHING = Assignment.emptyMapping(Optional.empty());

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
    MappingNode root = file == null ? NOTHING : readFile(file);
    // A file that cannot be read is one mistake, not one for each key that is missing then.
    Problems inside = problems.isEmpty() ? problems : new Problems();
    for (String override : overrides) {
      Optional<Assignment> parsed = parse(override);
      if (parsed.isPresent()) {
        root = parsed.get().over(root, problems);
      }
    }
    return new Section(new Mapping("", root, inside, new Variables(environment)));
  }

  /**
   * The settings of a text.
   *
   * @param name of the text, for messages
   */
  public Section readText(String yaml, String name) {
    MappingNode root = asRoot(compose(yaml, name), name);
    Problems inside = problems.isEmpty() ? problems : new Problems();
    return new Section(new Mapping("", root, inside, new Variables(environment)));
  }

  private MappingNode readFile(Path file) {
    try {
      return asRoot(compose(Files.readString(file), file.toString()), file.toString());
    } catch (NoSuchFileException e) {
      problems.add(file + ": there is no such file");
    } catch (CharacterCodingException e) {
      problems.add(file + ": is not UTF-8");
    } catch (IOException e) {
      problems.add(file + ": cannot be read: " + e.getMessage());
    }
    return NOTHING;
  }

  private MappingNode asRoot(Optional<Node> document, String name) {
    if (document.isEmpty()) {
      return NOTHING;
    }
    if (document.get() instanceof MappingNode mapping) {
      return mapping;
    }
    problems.add(name + ": must be a mapping of keys to values");
    return NOTHING;
  }

  private Optional<Node> compose(String yaml, String name) {
    LoadSettings settings = LoadSettings.builder().setLabel(name).setUseMarks(true).build();
    try {
      return new Compose(settings).composeString(yaml);
    } catch (MarkedYamlEngineException e) {
      problems.add(e.getProblemMark().or(e::getContextMark), "", "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problems.add(name + ": not YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  private Optional<Assignment> parse(String override) {
    int equals = override.indexOf('=');
    String path = override.substring(0, Math.max(0, equals));
    if (List.of(path.split("\\.", -1)).contains("")) {
      // Not repeated as a whole: it may hold a secret.
      problems.add("--set " + path + ": must be path.to.key=value");
      return Optional.empty();
    }
    String value = override.substring(equals + 1);
    if (value.isBlank()) {
      problems.add("--set " + path + ": has no value behind =; write \"\" for an empty text");
      return Optional.empty();
    }
    return compose(value, Assignment.label(path)).map(node -> new Assignment(path, node));
  }
}
