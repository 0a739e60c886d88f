package io.weir.jobs.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every key of the profiles is one that Flink knows, and its value one that Flink can read. */
class ProfilesTest {

  private static final Path PROFILES = Path.of("..", "flink-conf");

  /** Beside the profiles: alarm rules and a dashboard. */
  private static final Path MONITORING = PROFILES.resolve("monitoring");

  private static final Map<String, ConfigOption<?>> KNOWN = knownOptions();

  static Iterable<Path> profiles() throws IOException {
    try (var folders = Files.list(PROFILES)) {
      return folders
          .filter(Files::isDirectory)
          .filter(folder -> !folder.equals(MONITORING))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void everyKeyIsAnOptionOfFlinkWithAReadableValue(Path profile) {
    Configuration configuration = LocalCluster.profile(profile);

    assertThat(configuration.keySet()).isNotEmpty().isSubsetOf(KNOWN.keySet());
    for (String key : configuration.keySet()) {
      ConfigOption<?> option = KNOWN.get(key);
      assertThat(option).isNotNull();
      assertThatCode(() -> configuration.get(option)).as(key).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"throughput", "latency", "ha"})
  void profilesOfClustersHoldOnlyWhatDiffersFromFlinksDefaults(String name) {
    Configuration configuration = LocalCluster.profile(PROFILES.resolve(name));

    for (String key : configuration.keySet()) {
      ConfigOption<?> option = requireNonNull(KNOWN.get(key));
      assertThat(configuration.get(option)).as(key).isNotEqualTo(option.defaultValue());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"throughput", "latency", "ha"})
  void clustersOpenWhatTheOneListNames(String name) throws IOException {
    Configuration configuration = LocalCluster.profile(PROFILES.resolve(name));

    assertThat(configuration.get(CoreOptions.FLINK_JVM_OPTIONS).split(" "))
        .containsExactlyElementsOf(
            Files.readAllLines(PROFILES.resolve("jdk-opens.args")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void configurationsCanSwitchUnderEveryProfile(Path profile) {
    Configuration configuration = LocalCluster.profile(profile);

    assertThat(configuration.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)).isPresent();
    assertThat(configuration.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE))
        .isEqualTo(CheckpointingMode.EXACTLY_ONCE);
    assertThat(configuration.get(CheckpointingOptions.ENABLE_UNALIGNED)).isFalse();
    assertThat(configuration.get(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS)).isOne();
  }

  @Test
  void aMisspeltKeyIsNotAmongTheOptions(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("config.yaml"), "execution.checkpointing.intervall: 2 s\n");

    assertThat(KNOWN.keySet()).doesNotContainAnyElementsOf(LocalCluster.profile(folder).keySet());
  }

  @Test
  void localJobsListenToThisMachineOnly() {
    Configuration local = LocalCluster.profile(PROFILES.resolve("local"));

    assertThat(local.get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(local.get(PipelineOptions.OBJECT_REUSE)).isTrue();
    assertThat(local.get(CoreOptions.DEFAULT_PARALLELISM)).isEqualTo(2);
    assertThat(local.get(RestOptions.BIND_ADDRESS)).isEqualTo("127.0.0.1");
    assertThat(local.get(RestOptions.BIND_PORT)).isEqualTo("0");
  }

  private static Map<String, ConfigOption<?>> knownOptions() {
    Map<String, ConfigOption<?>> known = new HashMap<>();
    URL core = CoreOptions.class.getProtectionDomain().getCodeSource().getLocation();
    try (JarFile jar = new JarFile(Path.of(core.toURI()).toFile())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().matches("org/apache/flink/configuration/\\w+Options\\.class")) {
          addOptions(Class.forName(className(entry)), known);
        }
      }
    } catch (IOException | URISyntaxException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return known;
  }

  private static String className(JarEntry entry) {
    return entry.getName().replace('/', '.').replaceAll("\\.class$", "");
  }

  private static void addOptions(Class<?> type, Map<String, ConfigOption<?>> known)
      throws IllegalAccessException {
    for (Field field : type.getFields()) {
      if (Modifier.isStatic(field.getModifiers())
          && !field.isAnnotationPresent(Deprecated.class)
          && field.get(null) instanceof ConfigOption<?> option) {
        known.put(option.key(), option);
      }
    }
  }
}
