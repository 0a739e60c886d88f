package io.weir.benchmarks.routing;

import io.weir.consensus.Change;
import io.weir.consensus.Proposal;
import io.weir.consensus.store.DocumentCheck;
import io.weir.consensus.store.RegisterStore;
import io.weir.jobs.local.LocalCluster;
import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.epoch.operator.Epochs;
import io.weir.operators.routing.Routing;
import io.weir.operators.routing.RoutingSettings;
import io.weir.operators.routing.RoutingTable;
import io.weir.operators.routing.Strategy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/**
 * Shares and throughput of each strategy over time: all receivers have the same weight first,
 * though one takes a quarter of what the others take; in the middle the weights become what is
 * true.
 */
final class Timeline {

  private static final String JOB = "timeline";
  private static final double[] RATES = {1_000, 4_000, 4_000, 4_000};
  private static final String EQUAL = "1 1 1 1";
  private static final String TRUE = "1 4 4 4";
  private static final int SAMPLES = 50;
  private static final long SAMPLE_MILLIS = 500;

  // Where the job, in the same process, finds the store of its configuration.
  private static volatile @Nullable RegisterStore store;

  private final LocalCluster cluster;

  Timeline(LocalCluster cluster) {
    this.cluster = cluster;
  }

  /** Weights as text, for one strategy. */
  private record Weights(Strategy strategy) implements ConfigurationType<RoutingTable> {
    @Override
    public String schema() {
      return "{\"type\": \"string\"}";
    }

    @Override
    public RoutingTable decode(String document) throws InvalidConfigurationException {
      return RoutingTable.of(
          strategy.label(),
          Arrays.stream(document.split(" ", -1)).map(Integer::valueOf).toList(),
          RoutingTable.DEFAULT_DRAWS);
    }
  }

  /** Runs all strategies, and draws them into a PNG file. */
  void draw(Path file) throws Exception {
    Map<String, List<long[]>> samples = new LinkedHashMap<>();
    for (Strategy strategy : Strategy.values()) {
      samples.put(strategy.label(), follow(strategy));
    }
    new Plot(SAMPLE_MILLIS / 1e3, Arrays.stream(RATES).sum()).write(samples, file);
    System.out.println("drawn to " + file);
  }

  private List<long[]> follow(Strategy strategy) throws Exception {
    Board.setRates(RATES);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (RegisterStore opened =
        RegisterStore.inMemory(DocumentCheck.none(), InstantSource.system(), executor)) {
      store = opened;
      propose(opened, 0, EQUAL);
      JobClient job =
          cluster.submit(
              strategy.label(),
              env -> Jobs.served(env, new Live(new Weights(strategy)), RATES.length));
      List<long[]> samples = sample(opened);
      End.of(job);
      return samples;
    } finally {
      executor.shutdown();
    }
  }

  /** Routes by live configuration. */
  private record Live(Weights type) implements Way {
    @Override
    public String name() {
      return type.strategy().label();
    }

    @Override
    public <T> DataStream<T> lead(DataStream<T> stream) {
      Epochs epochs =
          Epochs.of(
              stream.getExecutionEnvironment(),
              EpochSettings.following(JOB, () -> Objects.requireNonNull(store)));
      return Routing.route(stream, new RoutingSettings(epochs, type, "route"));
    }
  }

  private static List<long[]> sample(RegisterStore opened) throws InterruptedException {
    long[] last = Board.served(RATES.length);
    while (Arrays.equals(last, Board.served(RATES.length))) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    List<long[]> samples = new ArrayList<>();
    long next = System.nanoTime();
    for (int sample = 0; sample < SAMPLES; sample++) {
      if (sample == SAMPLES / 2) {
        propose(opened, 1, TRUE);
      }
      next += TimeUnit.MILLISECONDS.toNanos(SAMPLE_MILLIS);
      TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      long[] now = Board.served(RATES.length);
      long[] served = new long[now.length];
      Arrays.setAll(served, receiver -> now[receiver]);
      for (int receiver = 0; receiver < now.length; receiver++) {
        served[receiver] -= last[receiver];
      }
      samples.add(served);
      last = now;
    }
    return samples;
  }

  private static void propose(RegisterStore opened, long expected, String weights) {
    opened.propose(Proposal.of(JOB, expected, new Change.Set(weights), "bench", "")).join();
  }
}
