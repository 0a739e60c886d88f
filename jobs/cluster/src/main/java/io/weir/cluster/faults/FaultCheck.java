package io.weir.cluster.faults;

import io.weir.cluster.Cluster;
import io.weir.cluster.faults.Fault.Mending;
import io.weir.cluster.rest.FlinkRest;
import io.weir.jobs.demo.balance.Figures;
import java.io.IOException;
import java.nio.file.Path;
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
    this.cluster = cluster;
    this.out = out;
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
   */
  public boolean run(String only, Duration storm)
      throws IOException, InterruptedException, SQLException {
    Faults faults = new Faults(cluster, random);
    List<Fault> all = new ArrayList<>(faults.ofProcesses());
    Optional<FullDisk> disk = FullDisk.mount(cluster.folder().resolve("checkpoints"));
    try {
      disk.ifPresent(mounted -> all.add(mounted.fault()));
      out.accept(FaultReport.header());
      for (Fault fault : all) {
        tryIf(only, fault);
      }
      if (disk.isEmpty()) {
        out.accept("skipped: disk of the checkpoints full (only root may mount a small one)");
      }
      clock(only);
      if (!storm.isZero()) {
        print(storm(all, storm));
      }
    } finally {
      disk.ifPresent(FullDisk::close);
    }
    FaultReport.legend().forEach(out);
    return reports.stream().allMatch(FaultReport::isGood);
  }

  private void tryIf(String only, Fault fault)
      throws IOException, InterruptedException, SQLException {
    if (fault.name().contains(only)) {
      print(trial(fault));
    }
  }

  private void clock(String only) throws IOException, InterruptedException, SQLException {
    Optional<FalseClock> clock = FalseClock.of(cluster);
    if (clock.isPresent() && clock.get().fault().name().contains(only)) {
      clock.get().install();
      print(trial(clock.get().fault()));
    } else if (clock.isEmpty()) {
      out.accept(
          "skipped: clock of the TaskManagers (needs libfaketime: apt-get install faketime);"
              + " events with wrong clocks are in every trial");
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
    Trial trial = Trial.start(cluster, changes, "trial" + trials, guarantee, this::submit);
    try {
      var unused = trial.awaitProgress(Instant.now());
      pause(STEADY);
      return trial;
    } catch (IOException | InterruptedException | RuntimeException e) {
      trial.close();
      throw e;
    }
  }

  private String submit(Path jar, List<String> arguments) throws IOException, InterruptedException {
    FlinkRest rest = cluster.flink().rest();
    return rest.run(rest.upload(jar), arguments).ifOk().path("jobid").asText();
  }

  /** Breaks something under a job, mends it, and waits until all goes on. */
  Recovery breakAndMend(Trial trial, Fault fault) throws IOException, InterruptedException {
    Instant since = Instant.now();
    Mending mending = fault.breaking().breakFor(trial.job());
    Mended mended = Mended.after(fault.held(), mending);
    Recovery recovery = trial.awaitProgress(since);
    mended.join();
    pause(STEADY);
    return recovery;
  }

  private FaultReport storm(List<Fault> faults, Duration length)
      throws IOException, InterruptedException, SQLException {
    try (Trial trial = start("exactly-once")) {
      Storm storm = new Storm(trial.job(), faults, random);
      Instant end = Instant.now().plus(length);
      while (Instant.now().isBefore(end)) {
        storm.next();
      }
      Instant since = Instant.now();
      storm.settle();
      Recovery recovery = trial.awaitProgress(since);
      trial.finish();
      String name = storm.count() + " faults at random";
      return new FaultReport(name, length, trial.account(), recovery, null);
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
