package io.weir.benchmarks.pipeline;

import io.weir.benchmarks.frame.Median;
import io.weir.benchmarks.pipeline.sides.Contender;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The result as a line of JSON: medians of the rounds, and Weir's throughput over that of each
 * peer, by round.
 *
 * @param rate of the latency, events a second
 */
record Report(Options options, long rate, String machine) {

  String json(
      Map<Contender, List<ThroughputTrial.Outcome>> speeds,
      Map<Contender, List<LatencyTrial.Outcome>> delays) {
    List<String> members = new ArrayList<>();
    speeds.forEach(
        (system, rounds) ->
            members.add(json(system, rounds, delays.getOrDefault(system, List.of()))));
    List<ThroughputTrial.Outcome> ours = speeds.getOrDefault(Contender.WEIR, List.of());
    speeds.forEach(
        (peer, rounds) -> {
          if (peer != Contender.WEIR && !ours.isEmpty()) {
            members.add(ratio(peer, ours, rounds));
          }
        });
    return String.format(
        Locale.ROOT,
        "{\"benchmark\":\"pipeline\",\"events\":%d,\"keys\":%d,\"parallelism\":%d,"
            + "\"interval_ms\":%d,\"rounds\":%d,\"rate_of_latency\":%d,%s,\"machine\":\"%s\"}",
        options.setting().events(),
        options.setting().keys(),
        options.setting().parallelism(),
        options.setting().intervalMillis(),
        options.rounds(),
        rate,
        String.join(",", members),
        machine);
  }

  private static String json(
      Contender system, List<ThroughputTrial.Outcome> speeds, List<LatencyTrial.Outcome> delays) {
    return String.format(
        Locale.ROOT,
        "\"%s\":{\"events_per_s_core\":%.0f,\"events_per_s_wall\":%.0f,\"p50_ms\":%.0f,"
            + "\"p99_ms\":%.0f,\"memory_mb\":%.0f,\"guarantee\":\"%s\"}",
        system.label(),
        Median.of(speeds, ThroughputTrial.Outcome::perCpuSecond),
        Median.of(speeds, ThroughputTrial.Outcome::perSecond),
        Median.of(delays, LatencyTrial.Outcome::p50Millis),
        Median.of(delays, LatencyTrial.Outcome::p99Millis),
        Median.of(speeds, ThroughputTrial.Outcome::memoryMb),
        system.guarantee());
  }

  private static String ratio(
      Contender peer, List<ThroughputTrial.Outcome> ours, List<ThroughputTrial.Outcome> theirs) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ours.size(); round++) {
      ratios.add(ours.get(round).perCpuSecond() / theirs.get(round).perCpuSecond());
    }
    return String.format(
        Locale.ROOT, "\"vs_%s\":%.2f", peer.label(), Median.of(ratios, Double::doubleValue));
  }
}
