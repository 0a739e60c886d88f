package io.weir.benchmarks;

import io.weir.jobs.generator.EventMaker;
import io.weir.jobs.generator.GeneratorSettings;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Generated events in two files, a line of JSON each, every other event in the other file: both
 * reach over the whole time, so that two readers side by side are never far apart.
 */
final class EventFiles {

  private static final int FILES = 2;
  private static final int BUFFER_BYTES = 1 << 20;

  private EventFiles() {}

  /** Writes the files into a folder that does not exist yet. */
  static void write(Path folder, long events) throws IOException {
    Files.createDirectories(folder);
    for (int file = 0; file < FILES; file++) {
      EventMaker maker = new EventMaker(settings(events));
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(folder.resolve("events-" + file + ".jsonl")), BUFFER_BYTES)) {
        for (long event = file; event < events; event += FILES) {
          out.write(maker.make(event));
          out.write('\n');
        }
      }
    }
  }

  private static GeneratorSettings settings(long events) {
    Problems problems = new Problems();
    Section section =
        new SettingsFile(problems, name -> null)
            .read(null, List.of("events=" + events, "disorder=5s"));
    GeneratorSettings settings = GeneratorSettings.read(section);
    problems.throwIfAny();
    return settings;
  }
}
