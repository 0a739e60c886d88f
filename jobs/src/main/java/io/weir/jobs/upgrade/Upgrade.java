package io.weir.jobs.upgrade;

import io.weir.jobs.rest.JobManager;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a running job by one of another jar: everything that can be checked is checked while the
 * old job runs; then it is stopped with a savepoint, from which the new one starts. If that one
 * does not complete a checkpoint in time it is cancelled, and the old jar starts again.
 *
 * <p>At any moment one of the two jobs runs at most.
 */
public final class Upgrade {

  /** How it ended. */
  public enum Outcome {
    /** The new jar runs, and has completed a checkpoint. */
    UPGRADED,
    /** The old jar runs, and has completed a checkpoint, or never stopped. */
    ROLLED_BACK
  }

  private final UpgradeRequest request;
  private final Consumer<String> says;
  private final Duration checkpointLimit;
  private final JobManager jobManager;
  private final JobStates states;
  private final Jars jars;

  /** What is of no use to the cluster when nothing comes of it. */
  private final List<String> uploaded = new ArrayList<>();

  /** What the job left behind when it was stopped; null: nothing that is known. */
  private @Nullable String savepoint;

  /**
   * Prepares an upgrade.
   *
   * @param says is told each step, a line each
   */
  public Upgrade(UpgradeRequest request, Consumer<String> says) {
    this(request, says, request.limit());
  }

  /**
   * Prepares an upgrade.
   *
   * @param says is told each step, a line each
   * @param checkpointLimit for the new job's first checkpoint, instead of the request's limit
   */
  Upgrade(UpgradeRequest request, Consumer<String> says, Duration checkpointLimit) {
    this.request = request;
    this.says = says;
    this.checkpointLimit = checkpointLimit;
    jobManager = new JobManager(request.cluster());
    states = new JobStates(jobManager);
    jars = new Jars(jobManager);
  }

  /**
   * Does it all.
   *
   * @throws RefusedException if nothing was begun, and the old job runs on
   * @throws UnclearException if neither job is known to run well
   * @throws InterruptedException if interrupted; what was said last tells how far it came
   */
  public Outcome run() throws InterruptedException, RefusedException, UnclearException {
    Prepared prepared = prepare();
    if (prepared.flaw() != null) {
      removeUploads();
      says.accept("the new jar does not build its job: " + prepared.flaw());
      says.accept("nothing was stopped: job " + prepared.job().id() + " runs on");
      return Outcome.ROLLED_BACK;
    }
    try {
      return replace(prepared);
    } catch (UnclearException e) {
      throw new UnclearException(e.getMessage() + "\n" + byHand(prepared));
    } catch (RuntimeException e) {
      // Whatever it was: the old job may be gone, and its savepoint must not be forgotten with it.
      throw new UnclearException("the upgrade itself failed: " + e + "\n" + byHand(prepared), e);
    }
  }

  private Outcome replace(Prepared prepared)
      throws InterruptedException, RefusedException, UnclearException {
    savepoint = stop(prepared.job());
    if (savepoint == null) {
      says.accept(
          "there was no savepoint within the limit: job " + prepared.job().id() + " runs on");
      return Outcome.ROLLED_BACK;
    }
    says.accept("stopped; savepoint " + savepoint);
    Start start = new Start(jobManager, checkpointLimit, says);
    if (start(start, prepared, prepared.newJar(), savepoint)) {
      uploaded.remove(prepared.newJar());
      removeUploads();
      says.accept("upgraded: job " + start.id() + " has completed a checkpoint");
      return Outcome.UPGRADED;
    }
    says.accept("the new job is given up: " + start.problem());
    return rollBack(start, prepared, savepoint);
  }

  /**
   * All that is needed once the job is stopped.
   *
   * @param oldJar the id of what runs now
   * @param newJar the id of what shall run
   * @param flaw why the new jar cannot run; null if it can
   */
  private record Prepared(
      RunningJob job,
      List<String> arguments,
      String oldJar,
      String newJar,
      @Nullable String flaw) {}

  private Prepared prepare() throws InterruptedException, RefusedException {
    boolean begun = false;
    try {
      Prepared prepared = examine();
      begun = true;
      return prepared;
    } catch (IOException e) {
      throw new RefusedException(
          "the JobManager at " + request.cluster() + " does not answer: " + e.getMessage());
    } finally {
      if (!begun) {
        removeUploads();
      }
    }
  }

  private Prepared examine() throws IOException, InterruptedException, RefusedException {
    RunningJob job = RunningJob.find(jobManager, request.job());
    List<String> arguments = request.arguments().isEmpty() ? job.arguments() : request.arguments();
    String oldJar = oldJar(job);
    String newJar = upload(request.jar());
    says.accept("job " + job.id() + " (" + job.name() + ") runs; the new jar is uploaded");
    return new Prepared(job, arguments, oldJar, newJar, jars.rehearse(newJar, arguments));
  }

  private String upload(Path jar) throws IOException, InterruptedException, RefusedException {
    String id = jars.upload(jar);
    uploaded.add(id);
    return id;
  }

  private void removeUploads() throws InterruptedException {
    for (String jar : uploaded) {
      jars.remove(jar);
    }
    uploaded.clear();
  }

  private String oldJar(RunningJob job) throws IOException, InterruptedException, RefusedException {
    if (request.oldJar() != null) {
      return upload(request.oldJar());
    }
    StartNote note = job.note();
    if (note == null || !jars.has(note.jar())) {
      throw new RefusedException(
          "the cluster no longer has the jar of job "
              + job.id()
              + (note == null ? "" : ", " + note.jar())
              + ": give it by --old-jar, so that the job can come back if the new one fails");
    }
    return note.jar();
  }

  private @Nullable String stop(RunningJob job)
      throws InterruptedException, RefusedException, UnclearException {
    says.accept("stopping it with a savepoint");
    boolean stopped = false;
    try {
      String made = stopOf(job).stop();
      stopped = made != null;
      return made;
    } finally {
      if (!stopped) {
        removeUploads();
      }
    }
  }

  private Stop stopOf(RunningJob job) {
    return new Stop(jobManager, job.id(), false, request.savepoints(), request.limit(), says);
  }

  private static boolean start(Start start, Prepared prepared, String jar, String savepoint)
      throws InterruptedException, UnclearException {
    return start.start(jar, prepared.arguments(), prepared.job().parallelism(), savepoint);
  }

  private Outcome rollBack(Start failed, Prepared prepared, String savepoint)
      throws InterruptedException, UnclearException {
    if (!states.cancel(failed.id(), request.limit())) {
      // Two jobs that write to the same place would be worse than none.
      throw new UnclearException(
          "the new job %s is not known to have ended (it is %s), so the old one was not started"
              .formatted(failed.id(), states.describe(failed.id())));
    }
    failed.forgetCheckpoint();
    says.accept("starting the old jar again from the savepoint");
    Start start = new Start(jobManager, request.limit(), says);
    if (!start(start, prepared, prepared.oldJar(), savepoint)) {
      throw new UnclearException(
          "the old jar did not come back as job %s: %s".formatted(start.id(), start.problem()));
    }
    // Should the JobManager have taken the new one after it had declined it.
    var unused = states.cancel(failed.id(), request.limit());
    jars.remove(prepared.newJar());
    says.accept("rolled back: job " + start.id() + " of the old jar has completed a checkpoint");
    return Outcome.ROLLED_BACK;
  }

  private String byHand(Prepared prepared) {
    return "to go on by hand, see that no job of the two runs (flink list), then: flink run -d -s "
        + (savepoint == null ? "THE SAVEPOINT" : savepoint)
        + " JAR "
        + prepared.arguments().stream()
            .map(StartNote::withoutSecret)
            .map(Upgrade::quoted)
            .collect(Collectors.joining(" "));
  }

  /** As a shell takes it for one word. */
  private static String quoted(String argument) {
    return argument.matches("[\\w./:=@%+,*-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
