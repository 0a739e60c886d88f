package io.weir.jobs.cli;

import io.weir.jobs.launch.Launcher;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.launch.SettingsOptions;
import io.weir.jobs.live.OwnStore;
import io.weir.jobs.local.JobFailedException;
import io.weir.jobs.local.LocalRun;
import io.weir.jobs.local.StoreBeside;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir run}: one job in this process. */
@Command(
    name = "run",
    description = {
      "Runs a job here, in a Flink of its own, until it has finished.",
      "Ctrl-C cancels the job; what its sinks have committed stays."
    })
final class RunCommand implements Callable<Integer> {

  private final Place place;
  private final Launcher launcher;

  @Parameters(paramLabel = "<job>", description = "Which job, see below.")
  private String job = "";

  @Mixin private final SettingsOptions settings = new SettingsOptions();
  @Mixin private final ProfileOptions profile = new ProfileOptions();

  private CommandSpec spec = CommandSpec.create();

  RunCommand(Place place, Launcher launcher) {
    this.place = place;
    this.launcher = launcher;
  }

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
    spec.usageMessage().sectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, this::jobs);
  }

  private String jobs(Help help) {
    StringBuilder text = new StringBuilder(String.format("%nJobs:%n"));
    launcher
        .jobs()
        .forEach(each -> text.append(String.format("  %-16s%s%n", each.name(), each.summary())));
    return text.toString();
  }

  @Override
  public Integer call() throws Exception {
    Path folder = profile.folder(place);
    RunLog.start(place, folder);
    PreparedJob prepared = launcher.prepare(job, settings);
    PrintWriter err = spec.commandLine().getErr();
    Terminal line = place.terminal() ? new Terminal(err) : null;
    Consumer<String> notes = line == null ? err::println : line::say;
    LocalRun run = new LocalRun(profile.load(folder), line, notes);
    Optional<OwnStore> store = prepared.ownStore();
    if (store.isPresent()) {
      new StoreBeside(place.store(), notes).during(store.get(), () -> run(run, prepared));
    } else {
      run(run, prepared);
    }
    return ExitCode.OK;
  }

  private void run(LocalRun run, PreparedJob prepared)
      throws JobFailedException, InterruptedException {
    run.run(
        job,
        prepared::define,
        accumulators ->
            prepared.result(accumulators).ifPresent(spec.commandLine().getOut()::println));
  }
}
