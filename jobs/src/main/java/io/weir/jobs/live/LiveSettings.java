package io.weir.jobs.live;

import io.weir.jobs.settings.Section;
import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.epoch.StoreProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads what a job's settings say of its live configuration:
 *
 * <pre>
 * name: web-traffic                        # of the document; the job's type by default
 * store:
 *   nodes: ["https://10.0.0.1:7401", "https://10.0.0.2:7401"]
 *   trust: front-authority.pem
 *   token: ${WEIR_TOKEN}
 * initial-configuration: rules.yaml        # seeds a document that never existed
 * configuration: {apply: now, min-distance: 0s, start-limit: 60s}
 * </pre>
 *
 * <p>In place of {@code nodes}, {@code trust} and {@code token}, {@code file} names the client file
 * that {@code weir server} makes; with {@code embedded: true}, {@code weir run} starts a node
 * beside the job, see {@link OwnStore}.
 */
public final class LiveSettings {

  /** When a new version is taken. */
  private enum Apply {
    NOW,
    AT_CHECKPOINT
  }

  private LiveSettings() {}

  /** Whether the settings name a store. */
  public static boolean isLive(Section job) {
    return job.has("store");
  }

  /**
   * Reads the keys; what is returned is used only if nothing was wrong.
   *
   * @param type checks the initial configuration
   * @param name of the document where the settings give none
   */
  public static EpochSettings read(Section job, String name, ConfigurationType<?> type) {
    String document = job.text("name", name);
    String initial = initial(job, type).orElse(null);
    Section pace = job.sectionOrEmpty("configuration");
    Apply apply = pace.choice("apply", Apply.class, Apply.NOW);
    Duration distance = pace.duration("min-distance", Duration.ZERO);
    Duration limit = pace.duration("start-limit", EpochSettings.DEFAULT_START_LIMIT);
    pace.done();
    return EpochSettings.following(document, StoreSettings.read(job.section("store"), document))
        .withInitialDocument(initial)
        .withApplyNow(apply == Apply.NOW)
        .withMinDistance(distance)
        .withStartLimit(limit);
  }

  /**
   * The store alone.
   *
   * @param name of the document where the settings give none
   */
  public static StoreProvider store(Section job, String name) {
    return StoreSettings.read(job.section("store"), job.text("name", name));
  }

  /** The node that must run before the job does, if its settings want one of its own. */
  public static Optional<OwnStore> ownStore(EpochSettings settings) {
    return settings.store() instanceof OwnStore own ? Optional.of(own) : Optional.empty();
  }

  /** The document that the settings name a file of, checked. */
  public static Optional<String> initial(Section job, ConfigurationType<?> type) {
    Optional<String> text = file(job, "initial-configuration");
    text.ifPresent(
        document -> {
          try {
            var unused = type.decode(document);
          } catch (InvalidConfigurationException e) {
            job.problem("initial-configuration", String.valueOf(e.getMessage()));
          }
        });
    return text;
  }

  /** The text of a file that a key names; nothing where it names none, or none can be read. */
  public static Optional<String> file(Section section, String key) {
    String name = section.optionalText(key);
    if (name == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(Path.of(name)));
    } catch (IOException | IllegalArgumentException e) {
      section.problem(key, "cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }
}
