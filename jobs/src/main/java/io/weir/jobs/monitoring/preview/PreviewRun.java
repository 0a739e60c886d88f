package io.weir.jobs.monitoring.preview;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.weir.jobs.launch.Launcher;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.launch.SettingsOptions;
import io.weir.jobs.local.JobFailedException;
import io.weir.jobs.local.LocalRun;
import io.weir.jobs.local.ScratchFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the monitoring job over recorded spans.
 *
 * @param rules a document
 * @param input a file of spans, or a folder of such
 * @param format of the file
 * @param more settings of the job over those that a preview makes, {@code path.to.key=value}
 */
public record PreviewRun(Path rules, Path input, String format, List<String> more) {

  /** The job that can be previewed. */
  public static final String JOB = "monitoring";

  public PreviewRun {
    more = List.copyOf(more);
  }

  /**
   * Runs the job to its end.
   *
   * @return all transitions, in the order of time
   * @throws io.weir.jobs.settings.InvalidSettingsException if the job cannot be run like that
   * @throws JobFailedException if it fails
   */
  public List<Transition> run(Launcher launcher, LocalRun flink)
      throws IOException, InterruptedException, JobFailedException {
    try (ScratchFolder folder = ScratchFolder.create("weir-preview")) {
      PreparedJob job = launcher.prepare(JOB, settings(folder.path()));
      flink.run("preview", job::define);
      return Transition.read(folder.path().resolve("tables").resolve("alerts"));
    }
  }

  private SettingsOptions settings(Path out) {
    List<String> overrides = new ArrayList<>();
    overrides.add("source.file.path=" + quoted(input));
    overrides.add("source.file.format=" + format);
    overrides.add("alerts.rules=" + quoted(rules));
    overrides.add("sink.file.path=" + quoted(out.resolve("tables")));
    overrides.add("dead-letters.file.path=" + quoted(out.resolve("dead")));
    overrides.addAll(more);
    return SettingsOptions.of(overrides);
  }

  private static String quoted(Path path) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(path.toString())) + '"';
  }
}
