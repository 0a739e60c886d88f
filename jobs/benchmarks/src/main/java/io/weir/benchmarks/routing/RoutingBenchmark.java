package io.weir.benchmarks.routing;

import io.weir.benchmarks.frame.Machine;
import io.weir.benchmarks.routing.Options.Part;
import io.weir.jobs.cli.Benchmark;
import io.weir.jobs.local.LocalCluster;
import java.util.List;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.util.EnvironmentInformation;

/**
 * What each routing strategy costs a sender against {@code rebalance()}, how near it brings a job
 * to what its receivers could take, and what splitting keys brings. All ways take turns in each
 * round.
 */
public final class RoutingBenchmark implements Benchmark {

  @Override
  public String name() {
    return "routing";
  }

  @Override
  public String summary() {
    return "routing strategies against rebalance(); [rounds] [--only cost|share|split]"
        + " [--receivers N] [--plot out.png]";
  }

  @Override
  public void run(List<String> arguments) throws Exception {
    Options options = Options.parse(arguments);
    String machine = Machine.describe();
    System.out.println(machine + ", Flink " + EnvironmentInformation.getVersion());
    try (LocalCluster cluster = LocalCluster.start(Clusters.profile())) {
      SourceCost cost = new SourceCost(options.receivers());
      ShareOfIdeal share = new ShareOfIdeal();
      SplitGain split = new SplitGain(cluster);
      for (int round = 1; round <= options.rounds(); round++) {
        if (options.parts().contains(Part.COST)) {
          cost.round(round);
        }
        if (options.parts().contains(Part.SHARE)) {
          share.round(cluster, round);
          adaptive(share, round);
        }
        if (options.parts().contains(Part.SPLIT)) {
          split.round(round);
        }
      }
      if (options.plot() != null) {
        new Timeline(cluster).draw(options.plot());
      }
      System.out.println(
          "{\"benchmark\":\"routing\",\"cpu_ratio\":%s,\"share_of_ideal\":%s,\"split_ratio\":%s,\"machine\":\"%s\"}"
              .formatted(cost.json(), share.json(), split.json(), machine));
    }
  }

  /** FLIP-339's rebalance, which Flink has from 2.3 on, as an option of whole jobs. */
  private static void adaptive(ShareOfIdeal share, int round) throws Exception {
    if (EnvironmentInformation.getVersion().startsWith("2.2.")) {
      return;
    }
    Configuration profile =
        Clusters.profile()
            .set(
                ConfigOptions.key("taskmanager.network.adaptive-partitioner.enabled")
                    .booleanType()
                    .noDefaultValue(),
                true);
    try (LocalCluster cluster = LocalCluster.start(profile)) {
      share.round(cluster, round, new Way.Rebalance("adaptive-rebalance"));
    }
  }
}
