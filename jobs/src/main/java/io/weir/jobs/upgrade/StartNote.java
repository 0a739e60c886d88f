package io.weir.jobs.upgrade;

import io.weir.jobs.rest.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.api.common.ExecutionConfig.GlobalJobParameters;
import org.jspecify.annotations.Nullable;

/**
 * How a job was started, for whoever must start it again: Flink keeps it with the job and shows it
 * in its web UI. So a value that may be a secret is left out, and must then be given anew.
 *
 * @param arguments of the main class
 * @param jar the name of the jar's file; where it was uploaded, that is its id
 */
public record StartNote(List<String> arguments, String jar) {

  private static final String ARGUMENTS = "weir.arguments";
  private static final String JAR = "weir.jar";
  private static final String HIDDEN = "***";

  private static final Pattern SECRET =
      Pattern.compile("(?i)(password|passwd|secret|token|credential|private|jaas|api-?key)");

  public StartNote {
    arguments = List.copyOf(arguments);
  }

  /** For a main class that was started with these arguments. */
  public static StartNote of(Class<?> main, List<String> arguments) {
    return new StartNote(arguments.stream().map(StartNote::withoutSecret).toList(), jarOf(main));
  }

  // --set path=value is the one argument that holds values.
  static String withoutSecret(String argument) {
    int equals = argument.indexOf('=');
    return equals >= 0 && SECRET.matcher(argument).find()
        ? argument.substring(0, equals + 1) + HIDDEN
        : argument;
  }

  private static String jarOf(Class<?> main) {
    CodeSource source = main.getProtectionDomain().getCodeSource();
    Path file = source == null ? null : Path.of(source.getLocation().getPath()).getFileName();
    return file == null ? "" : file.toString();
  }

  /** What Flink keeps. */
  public GlobalJobParameters parameters() {
    Map<String, String> kept =
        Map.of(ARGUMENTS, Json.write(Map.of(ARGUMENTS, arguments)), JAR, jar);
    return new Kept(kept);
  }

  /** Reads what Flink kept; null where that is nothing. */
  static @Nullable StartNote read(Map<?, ?> parameters) throws IOException {
    if (!(parameters.get(ARGUMENTS) instanceof String text)) {
      return null;
    }
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    Object object = Json.read(new ByteArrayInputStream(json));
    Object arguments = object instanceof Map<?, ?> map ? map.get(ARGUMENTS) : null;
    return new StartNote(
        (arguments instanceof List<?> list ? list : List.of())
            .stream().map(String::valueOf).toList(),
        String.valueOf(parameters.get(JAR)));
  }

  /** Whether an argument must be given anew. */
  boolean hidesSecrets() {
    return arguments.stream().anyMatch(argument -> argument.endsWith("=" + HIDDEN));
  }

  private static final class Kept extends GlobalJobParameters {

    private static final long serialVersionUID = 1;

    private final Map<String, String> map;

    private Kept(Map<String, String> map) {
      this.map = map;
    }

    @Override
    public Map<String, String> toMap() {
      return map;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Kept that && map.equals(that.map);
    }

    @Override
    public int hashCode() {
      return map.hashCode();
    }
  }
}
