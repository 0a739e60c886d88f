package io.weir.jobs.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.jobs.settings.InvalidSettingsException;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveSettingsTest {

  @TempDir private Path folder;

  /** Takes every document but {@code bad}. */
  private enum Type implements ConfigurationType<String> {
    INSTANCE;

    @Override
    public String schema() {
      return "{}";
    }

    @Override
    public String decode(String document) throws InvalidConfigurationException {
      if (document.equals("bad")) {
        throw new InvalidConfigurationException("limit: must be a number");
      }
      return document;
    }
  }

  private EpochSettings read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("settings.yaml"), yaml);
    Problems problems = new Problems();
    Section section = new SettingsFile(problems, name -> null).read(file, List.of());
    EpochSettings settings = LiveSettings.read(section, "analytics", Type.INSTANCE);
    section.done();
    problems.throwIfAny();
    return settings;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{embedded: true, nodes: ['https://127.0.0.1:1']} | store.embedded: goes without nodes: it"
            + " starts a node of its own",
        "{embedded: true, token: t, trust: f} | store.embedded: goes without trust, token: it starts",
        "{embedded: true, file: store.yaml} | store.embedded: goes without file",
        "{embedded: maybe} | store.embedded: must be true or false",
        "{file: none.yaml, nodes: ['https://127.0.0.1:1']} | store.file: goes without nodes: it names"
            + " them all",
        "{file: none.yaml} | store.file: is no client file of a store",
        "{file: none.yaml, data: d} | store.data: is for embedded: true alone",
        "{} | store.nodes: is missing; it lists nodes such as https://127.0.0.1:7401",
        "{embedded: false} | store.nodes: is missing",
        "{nodes: ['https://127.0.0.1:1'], token: t} | store.trust: is missing",
        "{embedded: true, port: 7} | store.port: "
      })
  void aMistakeIsToldWhereItIs(String store, String problem) {
    assertThatThrownBy(() -> read("store: " + store))
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            e -> assertThat(e.problems()).anyMatch(each -> each.contains(problem)));
  }

  @Test
  void aDocumentThatTheJobCannotUseIsNoInitialConfiguration() throws Exception {
    Path bad = Files.writeString(folder.resolve("rules.yaml"), "bad");

    assertThatThrownBy(
            () -> read("store: {embedded: true}\ninitial-configuration: \"%s\"".formatted(bad)))
        .hasMessageContaining("initial-configuration: limit: must be a number");
    assertThatThrownBy(() -> read("store: {embedded: true}\ninitial-configuration: none.yaml"))
        .hasMessageContaining("initial-configuration: cannot be read");
  }

  @Test
  void aStoreOfItsOwnIsElsewhereEachTimeUnlessItIsKept() throws Exception {
    OwnStore first = own("store: {embedded: true}");
    OwnStore second = own("store: {embedded: true}");
    OwnStore kept = own("name: web\nstore: {embedded: true, data: \"%s\"}".formatted(folder));

    assertThat(first.folder()).isNotEqualTo(second.folder());
    assertThat(first.kept()).isFalse();
    assertThat(Path.of(first.folder())).doesNotExist();
    assertThat(kept).isEqualTo(new OwnStore("web", folder.toString(), true));
  }

  @Test
  void aStoreOfItsOwnThatNobodyStartedSaysWhoDoes() throws Exception {
    OwnStore own = own("store: {embedded: true}");

    assertThatIOException()
        .isThrownBy(own::open)
        .withMessageContaining("store.embedded is for ./weir run")
        .withMessageContaining("name the nodes of a store");
  }

  private OwnStore own(String yaml) throws IOException {
    return LiveSettings.ownStore(read(yaml)).orElseThrow();
  }
}
