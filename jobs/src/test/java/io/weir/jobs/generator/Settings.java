package io.weir.jobs.generator;

import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import java.util.List;

/** Reads settings from lines such as {@code events=10}. */
final class Settings {

  private Settings() {}

  static GeneratorSettings of(String... lines) {
    Problems problems = new Problems();
    GeneratorSettings settings = read(problems, lines);
    problems.throwIfAny();
    return settings;
  }

  static GeneratorSettings read(Problems problems, String... lines) {
    Section section = new SettingsFile(problems, name -> null).read(null, List.of(lines));
    GeneratorSettings settings = GeneratorSettings.read(section);
    section.done();
    return settings;
  }
}
