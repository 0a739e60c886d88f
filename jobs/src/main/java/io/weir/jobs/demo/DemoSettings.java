package io.weir.jobs.demo;

import io.weir.jobs.generator.Account;
import io.weir.jobs.generator.GeneratorSettings;
import io.weir.jobs.launch.Launcher;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.launch.SettingsOptions;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;

/**
 * The settings of the demo's jobs: {@code generator.yaml} and {@code analytics.yaml} beside this
 * class, read as {@code weir run <job> --settings F --set ...} reads them.
 */
final class DemoSettings {

  private static final String GENERATOR = "generator";
  private static final String ANALYTICS = "analytics";

  private final Launcher launcher;

  DemoSettings(Launcher launcher) {
    this.launcher = launcher;
  }

  /** The generator job. */
  PreparedJob generator(List<String> overrides) throws IOException {
    return prepare(GENERATOR, overrides);
  }

  /** The analytics job. */
  PreparedJob analytics(List<String> overrides) throws IOException {
    return prepare(ANALYTICS, overrides);
  }

  private PreparedJob prepare(String job, List<String> overrides) throws IOException {
    Path file = copy(job);
    try {
      List<String> arguments = new ArrayList<>(List.of("--settings", file.toString()));
      overrides.forEach(override -> arguments.addAll(List.of("--set", override)));
      SettingsOptions options = new SettingsOptions();
      new CommandLine(options).parseArgs(arguments.toArray(String[]::new));
      return launcher.prepare(job, options);
    } finally {
      Files.delete(file);
    }
  }

  // The class path may be a jar; settings are read from files.
  private static Path copy(String job) throws IOException {
    Path file = Files.createTempFile("weir-demo-" + job + "-", ".yaml");
    try (InputStream in = DemoSettings.class.getResourceAsStream(job + ".yaml")) {
      Files.copy(Objects.requireNonNull(in, job), file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  private static Section read(String job) throws IOException {
    Path file = copy(job);
    try {
      return new SettingsFile(new Problems(), name -> null).read(file, List.of());
    } finally {
      Files.delete(file);
    }
  }

  /** What the generator makes if it starts then. */
  static Account account(Instant start) throws IOException {
    Section section = read(GENERATOR).section(GENERATOR);
    return new Account(GeneratorSettings.read(section).startingAt(start));
  }

  /** How many events arrive within a time: all before the first one that arrives later. */
  static int eventsWithin(Account account, Duration length) {
    long end = account.arrivalMillis(0) + length.toMillis();
    int within = 0;
    int beyond = Integer.MAX_VALUE;
    while (beyond - within > 1) {
      int middle = within + (beyond - within) / 2;
      if (account.arrivalMillis(middle) < end) {
        within = middle;
      } else {
        beyond = middle;
      }
    }
    return beyond;
  }

  static Duration window() throws IOException {
    return read(ANALYTICS).section("window").duration("tumbling");
  }

  static Duration lateness() throws IOException {
    return read(ANALYTICS).section("time").duration("lateness");
  }
}
