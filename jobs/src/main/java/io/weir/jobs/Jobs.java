package io.weir.jobs;

import io.weir.jobs.analytics.AnalyticsJob;
import io.weir.jobs.anomaly.AnomalyJob;
import io.weir.jobs.generator.GeneratorJob;
import io.weir.jobs.launch.JobDefinition;
import io.weir.jobs.monitoring.MonitoringJob;
import io.weir.jobs.recommendation.RecommendationJob;
import java.util.List;

/** The jobs there are. A new job is entered here and nowhere else. */
public final class Jobs {

  private Jobs() {}

  public static List<JobDefinition> all() {
    return List.of(
        new AnalyticsJob(),
        new AnomalyJob(),
        new GeneratorJob(),
        new MonitoringJob(),
        new RecommendationJob());
  }
}
