package io.weir.benchmarks.switching;

import io.weir.benchmarks.frame.Machine;
import io.weir.benchmarks.frame.Median;
import io.weir.consensus.Change;
import io.weir.consensus.Proposal;
import io.weir.consensus.http.HttpStore;
import io.weir.jobs.cli.Benchmark;
import io.weir.jobs.local.EmbeddedStore;
import io.weir.jobs.local.LocalCluster;
import io.weir.jobs.local.StoreProgram;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.operator.Epochs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Changes the configuration of a job at full load, whose periodic checkpoints are 10 s apart: from
 * the store's answer to the proposer until the last subtask of the last operator has switched. The
 * same job with a configuration that never changes takes turns, for the throughput.
 */
public final class SwitchBenchmark implements Benchmark {

  private static final int DEFAULT_CHANGES = 200;
  private static final int ROUNDS = 4;
  private static final int PARALLELISM = 2;
  private static final int OPERATORS = 2;
  private static final long LIMIT_SECONDS = 120;
  private static final Duration MEASURED = Duration.ofSeconds(10);

  /** What one round of a load brought. */
  private record Round(double[] millis, double changing, double following, double fixed) {

    /** Of a job that could be changed, and is not. */
    double followingRatio() {
      return following / fixed;
    }

    /** Of a job that is changed all the time: each change is a checkpoint. */
    double changingRatio() {
      return changing / fixed;
    }
  }

  @Override
  public String name() {
    return "switch";
  }

  @Override
  public String summary() {
    return "from a change's agreement to the last subtask's switch, and the throughput; [changes]";
  }

  @Override
  public void run(List<String> arguments) throws Exception {
    int changes = changes(arguments);
    String machine = Machine.describe();
    System.out.println(machine);
    Path home = Path.of(System.getProperty("weir.home", "")).toAbsolutePath();
    Path classPath = Path.of(System.getProperty("weir.store.classpath", "")).toAbsolutePath();
    try (EmbeddedStore nodes = EmbeddedStore.start(new StoreProgram(home, classPath));
        HttpStore store = nodes.connect();
        LocalCluster cluster = LocalCluster.start(profile(home))) {
      store.jobs().get(LIMIT_SECONDS, TimeUnit.SECONDS);
      System.out.println(
          "load                 round   p50 ms   p99 ms     fixed/s  following  changing");
      List<Round> full = rounds("full speed", 0, changes, nodes, store, cluster);
      List<Round> mild = rounds("mild backpressure", 100_000, changes / 4, nodes, store, cluster);
      System.out.println(json(full, mild, machine));
    }
  }

  private static int changes(List<String> arguments) {
    if (arguments.isEmpty()) {
      return DEFAULT_CHANGES;
    }
    if (arguments.size() > 1 || !arguments.get(0).matches("[1-9][0-9]{1,4}")) {
      throw new IllegalArgumentException("takes a number of changes, from 10 to 99999");
    }
    return Integer.parseInt(arguments.get(0));
  }

  private static Configuration profile(Path home) {
    return LocalCluster.profile(home.resolve("flink-conf/local"))
        .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
  }

  private static List<Round> rounds(
      String load,
      long pauseNanos,
      int changes,
      EmbeddedStore nodes,
      HttpStore store,
      LocalCluster cluster)
      throws Exception {
    List<Round> rounds = new ArrayList<>();
    for (int number = 1; number <= ROUNDS; number++) {
      double fixed = fixed(cluster, pauseNanos);
      Round round = changing(cluster, nodes, store, pauseNanos, changes / ROUNDS, fixed);
      rounds.add(round);
      System.out.printf(
          Locale.ROOT,
          "%-20s %5d %8.1f %8.1f %,11.0f %10.3f %9.3f%n",
          load,
          number,
          quantile(round.millis(), 0.5),
          quantile(round.millis(), 0.99),
          fixed,
          round.followingRatio(),
          round.changingRatio());
    }
    return rounds;
  }

  private static double fixed(LocalCluster cluster, long pauseNanos) throws Exception {
    Board.expect(0, PARALLELISM * OPERATORS);
    JobClient job =
        cluster.submit("fixed", env -> define(env, EpochSettings.fixed("fixed", "1"), pauseNanos));
    Board.awaitLast(LIMIT_SECONDS);
    TimeUnit.SECONDS.sleep(3);
    double rate = rate();
    job.cancel().get();
    return rate;
  }

  private static double rate() throws InterruptedException {
    long start = System.nanoTime();
    long before = Board.records();
    TimeUnit.MILLISECONDS.sleep(MEASURED.toMillis());
    return (Board.records() - before) * 1e9 / (System.nanoTime() - start);
  }

  private static Round changing(
      LocalCluster cluster,
      EmbeddedStore nodes,
      HttpStore store,
      long pauseNanos,
      int changes,
      double fixed)
      throws Exception {
    String name = "switch-" + UUID.randomUUID();
    Path client = nodes.clientFile();
    propose(store, name, 0);
    EpochSettings settings = EpochSettings.following(name, StoreClients.of(client));
    Board.expect(1, PARALLELISM * OPERATORS);
    JobClient job = cluster.submit("switch", env -> define(env, settings, pauseNanos));
    Board.awaitLast(LIMIT_SECONDS);
    TimeUnit.SECONDS.sleep(3);
    double following = rate();
    long start = System.nanoTime();
    long before = Board.records();
    double[] millis = new double[changes];
    long pause = MEASURED.toMillis() / changes;
    for (int i = 0; i < changes; i++) {
      Board.expect(i + 2, PARALLELISM * OPERATORS);
      long answered = propose(store, name, i + 1);
      millis[i] = Math.max(0, Board.awaitLast(LIMIT_SECONDS) - answered) / 1e6;
      TimeUnit.MILLISECONDS.sleep(Math.max(0, pause - (long) millis[i]));
    }
    double rate = (Board.records() - before) * 1e9 / (System.nanoTime() - start);
    job.cancel().get();
    return new Round(millis, rate, following, fixed);
  }

  /** Returns when the store's answer was here. */
  private static long propose(HttpStore store, String job, long expected) throws Exception {
    store
        .propose(Proposal.of(job, expected, new Change.Set(String.valueOf(expected)), "bench", ""))
        .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    return System.nanoTime();
  }

  private static void define(
      StreamExecutionEnvironment env, EpochSettings settings, long pauseNanos) {
    env.setParallelism(PARALLELISM);
    Epochs epochs = Epochs.of(env, settings);
    DataStream<Long> numbers =
        env.fromSource(
                new NumberSequenceSource(0, Long.MAX_VALUE >> 21),
                WatermarkStrategy.noWatermarks(),
                "numbers")
            .uid("numbers");
    DataStream<Long> first =
        epochs.transform(numbers, "first", Types.LONG, new Stage(true, 0)).uid("first");
    epochs
        .transform(first.rebalance(), "second", Types.LONG, new Stage(false, pauseNanos))
        .uid("second")
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
  }

  private static double quantile(double[] values, double q) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(q * sorted.length) - 1];
  }

  private static double[] all(List<Round> rounds) {
    return rounds.stream().flatMapToDouble(round -> Arrays.stream(round.millis())).toArray();
  }

  private static String json(List<Round> full, List<Round> mild, String machine) {
    return String.format(
        Locale.ROOT,
        "{\"benchmark\":\"switch\",\"p50_ms\":%.1f,\"p99_ms\":%.1f,\"throughput_ratio\":%.3f,"
            + "\"changing_ratio\":%.3f,\"mild_p50_ms\":%.1f,\"mild_p99_ms\":%.1f,\"mixed\":%d,\"machine\":\"%s\"}",
        quantile(all(full), 0.5),
        quantile(all(full), 0.99),
        Median.of(full, Round::followingRatio),
        Median.of(full, Round::changingRatio),
        quantile(all(mild), 0.5),
        quantile(all(mild), 0.99),
        Board.mixedRecords(),
        machine);
  }
}
