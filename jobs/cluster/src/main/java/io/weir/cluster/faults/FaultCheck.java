package io.weir.cluster.faults;

import io.weir.cluster.Cluster;
import io.weir.cluster.faults.Fault.Mending;
import io.weir.jobs.demo.balance.Figures;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Breaks a cluster in every way there is, one after the other, then at random. Prints as it goes.
 */
public final class FaultCheck implements AutoCloseable {

  /** Work before the fault and after the recovery. */
  private static final Duration STEADY = Duration.ofSeconds(6);

  private final Cluster cluster;
  private final Consumer<String> out;
  private final Duration steady;
  private final RandomGenerator random;
  private final LiveChanges changes;
  private final List<FaultReport> reports = new ArrayList<>();
  private int trials;

  /**
   * Prepares a check.
   *
   * @param cluster that nobody else uses
   * @param out takes lines
   * @param seed of what is random
   */
  public FaultCheck(Cluster cluster, long seed, Consumer<String> out) throws IOException {
    this(cluster, seed, out, STEADY);
  }

  /**
   * Prepares a check.
   *
   * @param steady how long there is work before a fault and after the recovery
   */
  FaultCheck(Cluster cluster, long seed, Consumer<String> out, Duration steady) throws IOException {
    this.cluster = cluster;
    this.out = out;
    this.steady = steady;
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    changes = new LiveChanges(cluster.store().connect());
    changes.start();
  }

  /**
   * Runs the whole check.
   *
   * @param only faults whose names hold this are tried one by one
   * @param storm how long faults come at random
   * @return whether nothing was lost, doubled or mixed, and all went on
   * @throws IOException if a trial came to no end, or nothing was tried
   */
  public boolean run(String only, Duration storm)
      throws IOException, InterruptedException, SQLException {
    List<Fault> faults = new ArrayList<>(new Faults(cluster, random).ofProcesses());
    Optional<FullDisk> disk = FullDisk.mount(cluster.folder().resolve("checkpoints"));
    try {
      disk.ifPresentOrElse(mounted -> faults.add(mounted.fault()), this::sayThatDiskIsSkipped);
      out.accept(FaultReport.header());
      for (Fault fault : faults) {
        tryIf(only, fault);
      }
      tryClock(only, storm, faults);
      if (!storm.isZero()) {
        print(storm(faults, storm));
      }
    } finally {
      disk.ifPresent(FullDisk::close);
    }
    if (reports.isEmpty()) {
      throw new IOException("nothing was tried: no fault has '" + only + "' in its name");
    }
    FaultReport.legend().forEach(out);
    return reports.stream().allMatch(FaultReport::isGood);
  }

  private void sayThatDiskIsSkipped() {
    out.accept("skipped: disk of the checkpoints full (only root may mount a small one)");
  }

  private void tryIf(String only, Fault fault)
      throws IOException, InterruptedException, SQLException {
    if (fault.name().contains(only)) {
      print(trial(fault));
    }
  }

  /** Comes after the others: from here on the TaskManagers' clocks can be set. */
  private void tryClock(String only, Duration storm, List<Fault> faults)
      throws IOException, InterruptedException, SQLException {
    Optional<FalseClock> clock = FalseClock.of(cluster);
    if (clock.isEmpty()) {
      out.accept(
          "skipped: clock of the TaskManagers (needs libfaketime: apt-get install faketime);"
              + " events with wrong clocks are in every trial");
      return;
    }
    Fault fault = clock.get().fault();
    if (fault.name().contains(only) || !storm.isZero()) {
      clock.get().install();
      tryIf(only, fault);
      faults.add(fault);
    }
  }

  private void print(FaultReport report) {
    reports.add(report);
    report.lines().forEach(out);
  }

  /** A job, a fault, and the account. */
  private FaultReport trial(Fault fault) throws IOException, InterruptedException, SQLException {
    try (Trial trial = start("exactly-once")) {
      Recovery recovery = breakAndMend(trial, fault);
      trial.finish();
      return report(fault, trial.account(), recovery);
    } catch (IOException e) {
      throw new IOException(fault.name() + ": " + e.getMessage(), e);
    }
  }

  private static FaultReport report(Fault fault, Figures figures, Recovery recovery) {
    boolean missed = fault.restarts() && recovery.restored() == 0;
    @Nullable String objection =
        missed ? "the job was to go back to a checkpoint, and did not" : null;
    return new FaultReport(fault.name(), fault.held(), figures, recovery, objection);
  }

  Trial start(String guarantee) throws IOException, InterruptedException, SQLException {
    trials++;
    Trial trial = Trial.start(cluster, changes, "trial" + trials, guarantee);
    try {
      var unused = trial.awaitProgress(Instant.now());
      pause(steady);
      return trial;
    } catch (IOException | InterruptedException | RuntimeException e) {
      trial.close();
      throw e;
    }
  }

  /** Breaks something under a job, mends it, and waits until all goes on. */
  Recovery breakAndMend(Trial trial, Fault fault) throws IOException, InterruptedException {
    Mending mending = fault.breaking().breakFor(trial.job());
    // Not earlier: a checkpoint that is complete before the fault is no recovery.
    Instant since = Instant.now();
    Mended mended = Mended.after(fault.held(), mending);
    try {
      Recovery recovery = trial.awaitProgress(since);
      mended.join();
      pause(steady);
      return recovery;
    } catch (IOException e) {
      // What could not be mended is the reason.
      mended.join();
      throw e;
    }
  }

  private FaultReport storm(List<Fault> faults, Duration length)
      throws IOException, InterruptedException, SQLException {
    try (Trial trial = start("exactly-once")) {
      Storm storm = new Storm(trial.job(), faults, random);
      Instant end = Instant.now().plus(length);
      while (Instant.now().isBefore(end)) {
        storm.next();
      }
      storm.settle();
      Recovery recovery = trial.awaitProgress(Instant.now());
      trial.finish();
      String name = storm.count() + " faults at random";
      @Nullable String objection = storm.count() == 0 ? "nothing broke in this time" : null;
      return new FaultReport(name, length, trial.account(), recovery, objection);
    } catch (IOException e) {
      throw new IOException("faults at random: " + e.getMessage(), e);
    }
  }

  private static void pause(Duration length) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(length.toMillis());
  }

  @Override
  public void close() throws IOException {
    changes.close();
  }
}
