package io.weir.jobs.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads settings from a text, as the file {@code job.yaml}, and tells what was wrong. */
final class Reading {

  private final Problems problems = new Problems();
  private final Section root;

  private Reading(Path file, Map<String, String> environment, List<String> overrides) {
    root = new SettingsFile(problems, environment::get).read(file, overrides);
  }

  static Reading of(Path folder, String yaml, String... overrides) {
    return of(folder, yaml, Map.of(), overrides);
  }

  static Reading of(
      Path folder, String yaml, Map<String, String> environment, String... overrides) {
    try {
      Path file = Files.writeString(folder.resolve("job.yaml"), yaml);
      return new Reading(file, environment, List.of(overrides));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Reading ofFile(Path file) {
    return new Reading(file, Map.of(), List.of());
  }

  Section root() {
    return root;
  }

  /** The mistakes so far, each without the folder that the file happens to lie in. */
  List<String> problems() {
    try {
      problems.throwIfAny();
      return List.of();
    } catch (InvalidSettingsException e) {
      return e.problems().stream().map(line -> line.replaceAll("^/.*/", "")).toList();
    }
  }
}
