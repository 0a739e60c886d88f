package io.weir.jobs.local;

import io.weir.jobs.live.OwnStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** Runs a job with a store of its own beside it. */
public final class StoreBeside {

  /** Above what the node and the job take to end. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final StoreProgram program;
  private final Consumer<String> notes;

  /**
   * Makes a runner.
   *
   * @param program the store's
   * @param notes takes a line that says how the store is reached
   */
  public StoreBeside(StoreProgram program, Consumer<String> notes) {
    this.program = program;
    this.notes = notes;
  }

  /** What a job's run does. */
  @FunctionalInterface
  public interface Run {
    void run() throws JobFailedException, InterruptedException;
  }

  /**
   * Starts the store, runs the job, and ends the store.
   *
   * @throws JobFailedException if the store does not start, or the job fails
   * @throws InterruptedException if the process is told to end while the store starts
   */
  public void during(OwnStore own, Run job) throws JobFailedException, InterruptedException {
    try (ExitHook hook = ExitHook.install(PATIENCE);
        EmbeddedStore store = start(own)) {
      awaitReady(own, store, hook);
      job.run();
    }
  }

  private EmbeddedStore start(OwnStore own) throws JobFailedException {
    try {
      return EmbeddedStore.startNode(program, Path.of(own.folder()), own.kept());
    } catch (IOException e) {
      throw new JobFailedException("the configuration store", e);
    }
  }

  private void awaitReady(OwnStore own, EmbeddedStore store, ExitHook hook)
      throws JobFailedException, InterruptedException {
    hook.stopBy(Thread.currentThread()::interrupt);
    try {
      store.awaitReady();
    } catch (IOException e) {
      throw new JobFailedException("the configuration store", e);
    }
    // From here on it is the job that is stopped, by a hook of its own.
    hook.stopBy(() -> {});
    notes.accept(
        "configuration: ./weir config get %s --store %s"
            .formatted(own.document(), own.clientFile()));
  }
}
