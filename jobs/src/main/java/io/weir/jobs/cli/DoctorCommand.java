package io.weir.jobs.cli;

import io.weir.jobs.doctor.Finding;
import io.weir.jobs.doctor.JobDoctor;
import io.weir.jobs.launch.SettingsOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code weir doctor --job}: what would go wrong with a job; the script sends all else to the
 * store's.
 */
@Command(
    name = "doctor",
    hidden = true,
    description = {
      "Looks at a job's settings and at what they name, changes nothing, and says what to do.",
      "  weir doctor --job analytics --settings FILE"
    },
    footer = {"", "Exit codes: 0 nothing failed, 1 something failed, 2 wrong usage."})
final class DoctorCommand implements Callable<Integer> {

  // Made when it is needed: asking Flink for its version makes loggers, and a run's come later.
  private final Supplier<JobDoctor> doctor;

  @Option(names = "--job", paramLabel = "<job>", required = true, description = "Which job.")
  private String job = "";

  @Mixin private final SettingsOptions settings = new SettingsOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  DoctorCommand(Supplier<JobDoctor> doctor) {
    this.doctor = doctor;
  }

  @Override
  public Integer call() {
    List<Finding> findings = doctor.get().examine(job, settings);
    PrintWriter out = spec.commandLine().getOut();
    findings.forEach(
        each -> {
          String level = each.level().name().toLowerCase(Locale.ROOT);
          out.printf(
              "%-5s %-20s %s%n", level, each.what(), each.says().replaceAll("\\p{Cntrl}+", " "));
          if (!each.advice().isEmpty()) {
            out.printf("%-5s %-20s -> %s%n", "", "", each.advice());
          }
        });
    out.flush();
    boolean failed = findings.stream().anyMatch(each -> each.level() == Finding.Level.FAIL);
    return failed ? ExitCode.SOFTWARE : ExitCode.OK;
  }
}
