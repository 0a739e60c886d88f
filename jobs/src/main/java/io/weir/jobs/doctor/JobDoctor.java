package io.weir.jobs.doctor;

import io.weir.consensus.ConfigurationStore;
import io.weir.jobs.connectors.postgres.PostgresDatabase;
import io.weir.jobs.launch.Launcher;
import io.weir.jobs.launch.SettingsOptions;
import io.weir.jobs.live.LiveSettings;
import io.weir.jobs.settings.InvalidSettingsException;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Looks at everything that a job's settings name. */
public final class JobDoctor {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Launcher launcher;
  private final Versions versions;
  private final UnaryOperator<@Nullable String> environment;
  private final Duration limit;

  public JobDoctor(
      Launcher launcher, Versions versions, UnaryOperator<@Nullable String> environment) {
    this(launcher, versions, environment, LIMIT);
  }

  /**
   * A doctor with a limit of its own.
   *
   * @param limit for the answer of each server, in whole seconds
   */
  JobDoctor(
      Launcher launcher,
      Versions versions,
      UnaryOperator<@Nullable String> environment,
      Duration limit) {
    this.launcher = launcher;
    this.versions = versions;
    this.environment = environment;
    this.limit = limit;
  }

  /** Examines a job; where its settings cannot be used, only these. */
  public List<Finding> examine(String job, SettingsOptions options) {
    List<Finding> findings = new ArrayList<>(List.of(versions.ofJava(), versions.ofFlink()));
    try {
      var unused = launcher.prepare(job, options);
    } catch (InvalidSettingsException e) {
      e.problems().forEach(each -> findings.add(Finding.fail("settings", each, "correct it")));
      return findings;
    }
    findings.add(Finding.ok("settings", "can be used by " + job));
    Section settings =
        new SettingsFile(new Problems(), environment).read(options.file(), options.overrides());
    source(settings.sectionOrEmpty("source"), findings);
    sink("sink", settings.sectionOrEmpty("sink"), findings);
    deadLetters(settings, findings);
    store(job, settings, findings);
    return findings;
  }

  private void source(Section source, List<Finding> findings) {
    if (source.has("kafka")) {
      findings.addAll(KafkaChecks.examine("source.kafka", source.section("kafka"), true, limit));
    } else if (source.has("file")) {
      source.section("file").texts("path").forEach(path -> findings.add(input(path)));
    }
  }

  private static Finding input(String path) {
    if (isUri(path)) {
      return notLookedAt("source.file", path);
    }
    return Files.isReadable(Path.of(path))
        ? Finding.ok("source.file", path + " can be read")
        : Finding.fail("source.file", "there is no readable " + path, "mend the path");
  }

  private static boolean isUri(String path) {
    return path.matches("[a-z0-9]+:.*");
  }

  private static Finding notLookedAt(String key, String path) {
    return Finding.warn(key, path + " is not looked at", "make sure that Flink reaches it");
  }

  private void sink(String key, Section sink, List<Finding> findings) {
    if (sink.has("kafka")) {
      findings.addAll(KafkaChecks.examine(key + ".kafka", sink.section("kafka"), false, limit));
    } else if (sink.has("postgres")) {
      findings.add(postgres(key + ".postgres", sink.section("postgres")));
    } else if (sink.has("file")) {
      findings.add(folder(key + ".file", sink.section("file").text("path")));
    }
  }

  private static Finding folder(String key, String path) {
    if (isUri(path)) {
      return notLookedAt(key, path);
    }
    Path folder = Path.of(path).toAbsolutePath().normalize();
    while (!Files.exists(folder) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    return Files.isDirectory(folder) && Files.isWritable(folder)
        ? Finding.ok(key, path + " can be written")
        : Finding.fail(
            key, folder + " is no folder that can be written", "mend the path, or chown");
  }

  private Finding postgres(String key, Section postgres) {
    Map<String, String> properties = new LinkedHashMap<>(postgres.properties("properties"));
    for (String name : new String[] {"user", "password"}) {
      String value = postgres.optionalText(name);
      if (value != null) {
        properties.put(name, value);
      }
    }
    properties.put("connectTimeout", String.valueOf(limit.toSeconds()));
    properties.put("loginTimeout", String.valueOf(limit.toSeconds()));
    PostgresDatabase database = new PostgresDatabase(postgres.text("url"), properties);
    try (Connection connection = database.connect()) {
      return Finding.ok(
          key, "answers, PostgreSQL " + connection.getMetaData().getDatabaseProductVersion());
    } catch (SQLException e) {
      return Finding.fail(
          key, "cannot be used: " + e.getMessage(), "start it, or mend url, user and password");
    }
  }

  private void deadLetters(Section settings, List<Finding> findings) {
    if (settings.has("dead-letters")) {
      sink("dead-letters", settings.section("dead-letters"), findings);
    } else {
      findings.add(
          Finding.warn(
              "dead-letters",
              "is not set: refused records are counted and dropped",
              "name a place, so that they can be mended and replayed"));
    }
  }

  private static void store(String job, Section settings, List<Finding> findings) {
    if (!LiveSettings.isLive(settings) || settings.section("store").flag("embedded", false)) {
      return;
    }
    try (ConfigurationStore store = LiveSettings.store(settings, job).open()) {
      int jobs = store.jobs().join().size();
      findings.add(Finding.ok("store", "a majority answers; it has " + jobs + " jobs"));
    } catch (CompletionException e) {
      findings.add(
          Finding.fail(
              "store",
              String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()),
              "./weir doctor --store FILE looks at each node"));
    } catch (Exception e) {
      findings.add(Finding.fail("store", "cannot be opened: " + e, "mend the settings of store"));
    }
  }
}
