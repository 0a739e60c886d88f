package io.weir.benchmarks.switching;

import io.weir.jobs.live.LiveSettings;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import io.weir.operators.epoch.StoreProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Clients of the store as a job's settings make them. */
final class StoreClients {

  private StoreClients() {}

  static StoreProvider of(Path clientFile) {
    Problems problems = new Problems();
    Section settings =
        new SettingsFile(problems, name -> null).read(null, List.of("store.file=" + clientFile));
    StoreProvider provider = LiveSettings.read(settings, "switch", Weight.Type.INSTANCE).store();
    problems.throwIfAny();
    return Objects.requireNonNull(provider);
  }
}
