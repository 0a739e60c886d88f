package io.weir.jobs.demo;

import io.weir.consensus.ConfigurationStore;
import io.weir.jobs.demo.balance.Audit;
import io.weir.jobs.demo.balance.Balance;
import io.weir.jobs.demo.balance.Figures;
import io.weir.jobs.demo.balance.RuleBook;
import io.weir.jobs.demo.rules.LiveRules;
import io.weir.jobs.launch.Launcher;
import io.weir.jobs.local.EmbeddedKafka;
import io.weir.jobs.local.EmbeddedPostgres;
import io.weir.jobs.local.EmbeddedStore;
import io.weir.jobs.local.ExitHook;
import io.weir.jobs.local.JobFailedException;
import io.weir.jobs.local.LocalCluster;
import io.weir.jobs.local.ScratchFolder;
import io.weir.jobs.local.StoreProgram;
import io.weir.operators.epoch.verify.StampFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The demo from start to end, in this process, one of PostgreSQL and those of the store. */
public final class Demo {

  /** How long Ctrl-C waits for everything to stop. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration TICK = Duration.ofMillis(50);

  private static final Logger LOG = LoggerFactory.getLogger(Demo.class);

  /** Done between the last row and the balance. */
  interface BeforeBalance {

    BeforeBalance NOTHING = database -> {};

    void run(Connection database) throws SQLException;
  }

  private final Configuration profile;
  private final DemoSettings settings;
  private final StoreProgram program;
  private final Duration length;
  private final Screen screen;
  private final BeforeBalance beforeBalance;
  private final Stop stop = new Stop();

  /**
   * Makes a demo.
   *
   * @param profile Flink's configuration
   * @param program the configuration store's
   * @param length how long events are generated, at most a day
   * @param terminal whether {@code out} is one, which is drawn on
   */
  public Demo(
      Configuration profile,
      Launcher launcher,
      StoreProgram program,
      Duration length,
      PrintWriter out,
      boolean terminal) {
    this(
        profile,
        launcher,
        program,
        length,
        terminal ? new TerminalScreen(out) : new PlainScreen(out),
        BeforeBalance.NOTHING);
  }

  Demo(
      Configuration profile,
      Launcher launcher,
      StoreProgram program,
      Duration length,
      Screen screen,
      BeforeBalance beforeBalance) {
    this.profile = withSlotsForTwoJobs(profile);
    this.settings = new DemoSettings(launcher);
    this.program = program;
    this.length = length;
    this.screen = screen;
    this.beforeBalance = beforeBalance;
  }

  private static Configuration withSlotsForTwoJobs(Configuration profile) {
    Configuration demo = new Configuration(profile);
    int slots = profile.get(TaskManagerOptions.NUM_TASK_SLOTS);
    int needed = 2 * profile.get(CoreOptions.DEFAULT_PARALLELISM);
    return demo.set(TaskManagerOptions.NUM_TASK_SLOTS, Math.max(slots, needed));
  }

  /**
   * Runs the demo once, and prints its balance.
   *
   * @throws JobFailedException if a server or a job does not start, or fails
   * @throws CancellationException if the process is told to end meanwhile
   */
  public Figures run() throws JobFailedException, InterruptedException {
    try (ExitHook hook = ExitHook.install(PATIENCE)) {
      hook.stopBy(stop::request);
      try {
        return runWithServers();
      } catch (InterruptedException | CancellationException e) {
        throw e;
      } catch (Exception e) {
        // Whatever breaks while everything is being stopped.
        stop.check();
        LOG.error("the demo failed", e);
        throw e instanceof JobFailedException known ? known : new JobFailedException("demo", e);
      }
    }
  }

  private Figures runWithServers() throws Exception {
    // The store's processes start while the others do.
    try (EmbeddedStore store =
            start("the configuration store", () -> EmbeddedStore.start(program));
        EmbeddedKafka kafka = start("Kafka", EmbeddedKafka::start);
        EmbeddedPostgres postgres = start("PostgreSQL", EmbeddedPostgres::start);
        ScratchFolder stamps = ScratchFolder.create("weir-stamps-");
        LocalCluster flink = start("Flink", () -> LocalCluster.start(profile))) {
      return runPipeline(store, kafka.servers(), Database.of(postgres), stamps.path(), flink);
    }
  }

  private Figures runPipeline(
      EmbeddedStore store, String kafka, Database database, Path stamps, LocalCluster flink)
      throws Exception {
    try (ConfigurationStore client = store.connect()) {
      LiveRules rules = seed(client);
      Progress.Places places =
          new Progress.Places(
              flink.address().toString(), database.psql(), store.clientFile(), stamps);
      Pipeline pipeline =
          new Pipeline(kafka, database, flink, rules, places, settings, screen, stop);
      Figures figures = balance(kafka, database, stamps, pipeline.run(length), rules);
      screen.say("");
      figures.lines().forEach(screen::say);
      return figures;
    } catch (CancellationException e) {
      screen.say("Stopping");
      throw e;
    }
  }

  private LiveRules seed(ConfigurationStore client) throws Exception {
    LiveRules rules = new LiveRules(client, this::await);
    try {
      rules.seed();
      return rules;
    } catch (IOException | ExecutionException e) {
      throw new JobFailedException("the configuration store", e);
    }
  }

  private <T> T await(CompletableFuture<T> answer) throws ExecutionException, InterruptedException {
    while (!answer.isDone()) {
      stop.pause(TICK);
    }
    return answer.get();
  }

  private <S> S start(String server, Callable<S> starter)
      throws JobFailedException, InterruptedException {
    stop.check();
    screen.say("Starting " + server);
    try {
      return starter.call();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new JobFailedException(server, e);
    }
  }

  private Figures balance(
      String kafka, Database database, Path stamps, Pipeline.Generated generated, LiveRules rules)
      throws Exception {
    try (Connection connection = database.connect()) {
      beforeBalance.run(connection);
      connection.setAutoCommit(false);
      Balance balance =
          new Balance(
              generated.account(),
              generated.events(),
              DemoSettings.window().toMillis(),
              new RuleBook(rules.versions()));
      return new Audit(kafka, connection, StampFolder.open(stamps), balance)
          .run(Pipeline.partitions());
    }
  }
}
