package io.weir.jobs.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that give a job its settings, the same for every way to start it. */
public final class SettingsOptions {

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description =
          "The job's settings, a YAML file. $${NAME} in it stands for an environment variable.")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Sets one key over the file, such as --set source.file.path=in.log; the value is YAML.",
        "May be given several times; the last one of a key counts."
      })
  private final List<String> overrides = new ArrayList<>();

  /** Without a file, the settings of these overrides. */
  public static SettingsOptions of(List<String> overrides) {
    SettingsOptions options = new SettingsOptions();
    options.overrides.addAll(overrides);
    return options;
  }

  public @Nullable Path file() {
    return file;
  }

  public List<String> overrides() {
    return List.copyOf(overrides);
  }
}
