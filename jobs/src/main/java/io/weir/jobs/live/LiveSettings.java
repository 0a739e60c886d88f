package io.weir.jobs.live;

import io.weir.jobs.settings.Section;
import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.epoch.StoreProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
 * that {@code weir server} makes.
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
    String initial = initial(job, type);
    Section pace = job.sectionOrEmpty("configuration");
    Apply apply = pace.choice("apply", Apply.class, Apply.NOW);
    Duration distance = pace.duration("min-distance", Duration.ZERO);
    Duration limit = pace.duration("start-limit", EpochSettings.DEFAULT_START_LIMIT);
    pace.done();
    return EpochSettings.following(document, store(job.section("store")))
        .withInitialDocument(initial)
        .withApplyNow(apply == Apply.NOW)
        .withMinDistance(distance)
        .withStartLimit(limit);
  }

  private static @Nullable String initial(Section job, ConfigurationType<?> type) {
    Optional<String> text = file(job, "initial-configuration");
    text.ifPresent(
        document -> {
          try {
            var unused = type.decode(document);
          } catch (InvalidConfigurationException e) {
            job.problem("initial-configuration", String.valueOf(e.getMessage()));
          }
        });
    return text.orElse(null);
  }

  private static Optional<String> file(Section section, String key) {
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

  private static StoreProvider store(Section store) {
    StoreProvider provider =
        store.has("file")
            ? ClientFile.read(store)
            : new HttpStoreProvider(nodes(store), trust(store), store.text("token"));
    if (provider instanceof HttpStoreProvider http && !store.has("file")) {
      check(store, http);
    }
    store.done();
    return provider;
  }

  private static List<URI> nodes(Section store) {
    List<String> nodes = store.texts("nodes");
    if (nodes.isEmpty()) {
      store.problem("nodes", "is missing; it lists nodes such as https://127.0.0.1:7401");
    }
    return nodes.stream().flatMap(node -> uri(store, node).stream()).toList();
  }

  private static Optional<URI> uri(Section store, String node) {
    try {
      return Optional.of(URI.create(node));
    } catch (IllegalArgumentException e) {
      store.problem("nodes", node + " must be https://host:port");
      return Optional.empty();
    }
  }

  private static String trust(Section store) {
    if (!store.has("trust")) {
      store.problem("trust", "is missing; it names a file of certificates, PEM");
    }
    return file(store, "trust").orElse("");
  }

  private static void check(Section store, HttpStoreProvider provider) {
    if (provider.nodes().isEmpty() || provider.authority().isEmpty()) {
      return;
    }
    try {
      var unused = provider.settings();
    } catch (IOException | IllegalArgumentException e) {
      store.problem("nodes", String.valueOf(e.getMessage()));
    }
  }
}
