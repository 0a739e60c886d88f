package io.weir.operators.epoch;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** What Flink's registry hands to reporters of live configuration, by the metric's name. */
public final class ReportedMetrics implements MetricReporter {

  private static final String GROUP = "weir.configuration";
  private static final Map<String, Metric> REPORTED = new ConcurrentHashMap<>();

  /** Found by Flink by its name. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new ReportedMetrics();
    }
  }

  public static Configuration options() {
    Configuration options = new Configuration();
    options.set(MetricOptions.REPORTERS_LIST, "test");
    options.setString("metrics.reporter.test.factory.class", Factory.class.getName());
    return options;
  }

  public static Map<String, Metric> now() {
    return Map.copyOf(REPORTED);
  }

  /** Forgets the metrics of jobs that have ended, if Flink has not said so yet. */
  public static void forget() {
    REPORTED.clear();
  }

  @Override
  public void open(MetricConfig config) {
    forget();
  }

  @Override
  public void close() {
    forget();
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (group.getMetricIdentifier(name).endsWith(GROUP + "." + name)) {
      REPORTED.put(name, metric);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    REPORTED.remove(name, metric);
  }
}
