package io.weir.jobs.cli;

import io.weir.jobs.launch.Launcher;
import io.weir.jobs.local.TinyJob;
import java.util.List;

/** The command line with the tiny job, as a program. */
final class TinyWeir {

  private TinyWeir() {}

  public static void main(String[] args) {
    Launcher launcher = new Launcher(List.of(new TinyJob()), System::getenv);
    Benchmarks benchmarks = new Benchmarks(List.of());
    System.exit(WeirCommand.commandLine(Place.ofProcess(), launcher, benchmarks).execute(args));
  }
}
