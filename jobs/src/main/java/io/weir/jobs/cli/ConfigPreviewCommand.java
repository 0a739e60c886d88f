package io.weir.jobs.cli;

import io.weir.jobs.launch.Launcher;
import io.weir.jobs.local.LocalRun;
import io.weir.jobs.monitoring.alerts.RulesDocument;
import io.weir.jobs.monitoring.preview.PreviewReport;
import io.weir.jobs.monitoring.preview.PreviewRun;
import io.weir.operators.alert.rule.AlertRules;
import io.weir.operators.epoch.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code weir config preview}: what a document of live configuration would have done. The other
 * commands of {@code weir config} speak with the store; this one needs none.
 */
@Command(
    name = "preview",
    description = {
      "Runs a job over recorded data under a document that it is given, and says what comes of it:",
      "which alerts would have fired. Nothing is changed; no store is needed."
    },
    footer = {
      "",
      "Exit codes: 0 done, whatever would have fired; 1 the document is refused, or the job failed;"
          + " 2 wrong usage."
    })
final class ConfigPreviewCommand implements Callable<Integer> {

  private final Place place;
  private final Launcher launcher;

  @Parameters(index = "0", paramLabel = "JOB", description = "monitoring")
  private String job = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The document, YAML or JSON.")
  private Path document = Path.of("");

  @Option(
      names = "--input",
      paramLabel = "FILE",
      required = true,
      description = "Recorded spans: a file, .gz too, or a folder of such.")
  private Path input = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "otlp-json",
      description = "otlp-json or otlp-proto. Default: ${DEFAULT-VALUE}")
  private String format = "";

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "A setting of the job, such as --set window=30s; several times.")
  private final List<String> more = new ArrayList<>();

  @Mixin private final ProfileOptions profile = new ProfileOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  ConfigPreviewCommand(Place place, Launcher launcher) {
    this.place = place;
    this.launcher = launcher;
  }

  @Override
  public Integer call() throws Exception {
    if (!job.equals(PreviewRun.JOB)) {
      throw new ParameterException(
          spec.commandLine(), "job '" + job + "' has no preview; allowed: " + PreviewRun.JOB);
    }
    String text = read();
    Path folder = profile.folder(place);
    RunLog.start(place, folder);
    try {
      return preview(RulesDocument.read(text), folder);
    } catch (InvalidConfigurationException e) {
      spec.commandLine().getErr().println("weir: " + document + " is refused: " + e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private String read() {
    if (!Files.exists(input)) {
      throw new ParameterException(
          spec.commandLine(), "--input " + input + ": there is no such file");
    }
    try {
      return Files.readString(document);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), document + " cannot be read: " + e.getMessage(), e);
    }
  }

  private int preview(AlertRules rules, Path folder) throws Exception {
    PreviewRun run = new PreviewRun(document, input, format, more);
    LocalRun flink = new LocalRun(profile.load(folder), null, spec.commandLine().getErr()::println);
    new PreviewReport(spec.commandLine().getOut()).print(rules, run.run(launcher, flink));
    return ExitCode.OK;
  }
}
