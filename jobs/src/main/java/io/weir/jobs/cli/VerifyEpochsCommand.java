package io.weir.jobs.cli;

import io.weir.operators.epoch.verify.EpochCheck;
import io.weir.operators.epoch.verify.NoVerdictException;
import io.weir.operators.epoch.verify.StampFolder;
import io.weir.operators.epoch.verify.Verdict;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir verify-epochs}: whether a job was under one version in each epoch. */
@Command(
    name = "verify-epochs",
    description = {
      "Says whether all operators of a job switched at the same checkpoint barriers: no record"
          + " under two versions, one version per epoch, never back but where the job was restored.",
      "Reads the stamps of jobs that run with --set stamp=true; those of uncompleted checkpoints do"
          + " not count."
    },
    footer = {
      "",
      "Exit codes: 0 accepted, 1 rejected, 2 no verdict (the folder cannot be read, or there are too"
          + " many records for the memory)."
    })
final class VerifyEpochsCommand implements Callable<Integer> {

  private static final int ACCEPTED = 0;
  private static final int REJECTED = 1;
  private static final int NO_VERDICT = 2;

  @Parameters(paramLabel = "DIR", description = "The folder of stamps (stamp-folder).")
  private Path folder = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try {
      return judge(EpochCheck.of(StampFolder.open(folder)));
    } catch (NoVerdictException e) {
      spec.commandLine().getErr().println("weir: " + e.getMessage());
      return NO_VERDICT;
    }
  }

  private int judge(Verdict verdict) {
    new VerdictReport(spec.commandLine().getOut()).print(folder, verdict);
    return verdict.isAccepted() ? ACCEPTED : REJECTED;
  }
}
