package io.weir.benchmarks.recommendation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.weir.jobs.local.LocalCluster;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.operator.Epochs;
import io.weir.operators.recommendation.ModelOutput;
import io.weir.operators.recommendation.Recommendations;
import io.weir.operators.recommendation.message.Action;
import io.weir.operators.recommendation.quality.RecommendationTotals;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * One job over so many actions.
 *
 * @param cpuSeconds of this process while it ran
 * @param stateBytes of its last checkpoint
 */
record Trial(long events, long pairs, double cpuSeconds, double wallSeconds, long stateBytes) {

  private static final ModelOutput LISTS = new ModelOutput(16, false, 10, 0, false);
  private static final ObjectMapper JACKSON = new ObjectMapper();

  static Trial run(LocalCluster cluster, long events, double perSecond) throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    Delays.clear();
    long cpu = system.getProcessCpuTime();
    long wall = System.nanoTime();
    JobClient job = cluster.submit("recommendation", env -> define(env, events, perSecond));
    RecommendationTotals totals =
        RecommendationTotals.of(job.getJobExecutionResult().get().getAllAccumulatorResults());
    return new Trial(
        totals.events(),
        totals.pairs(),
        (system.getProcessCpuTime() - cpu) / 1e9,
        (System.nanoTime() - wall) / 1e9,
        stateBytes(cluster.address().resolve("/jobs/" + job.getJobID() + "/checkpoints")));
  }

  private static void define(StreamExecutionEnvironment env, long events, double perSecond) {
    DataStream<Action> actions =
        env.fromSource(
                new NumberSequenceSource(0, events - 1),
                WatermarkStrategy.noWatermarks(),
                "numbers")
            .uid("numbers")
            .setParallelism(1)
            .map(new Interactions(perSecond), TypeInformation.of(Action.class))
            .uid("actions")
            .setParallelism(1);
    Epochs epochs = Epochs.of(env, EpochSettings.fixed("recommendation", ""));
    Recommendations found =
        Recommendations.of(
            actions, LISTS, Duration.ofDays(1), epochs, DefaultRules.INSTANCE, "bench");
    found.outcomes().map(new Delays()).uid("delays").sinkTo(new DiscardingSink<>()).uid("end");
  }

  private static long stateBytes(URI checkpoints) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(checkpoints).build();
    String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    return JACKSON.readTree(answer).at("/latest/completed/state_size").asLong();
  }

  double eventsPerCpuSecond() {
    return events / cpuSeconds;
  }

  double pairsPerCpuSecond() {
    return pairs / cpuSeconds;
  }

  double eventsPerSecond() {
    return events / wallSeconds;
  }
}
