package io.weir.operators.alert.operator;

import static io.weir.operators.alert.rule.Rules.MINUTE;

import io.weir.operators.alert.Alert;
import io.weir.operators.alert.Sample;
import io.weir.operators.alert.Series;
import io.weir.operators.alert.rule.Metric;
import io.weir.operators.alert.rule.Rules;
import io.weir.operators.alert.rule.Scope;
import io.weir.operators.epoch.CommittedRows;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.Stamped;
import io.weir.operators.epoch.faults.OpenNumbers;
import io.weir.operators.epoch.operator.Epochs;
import io.weir.operators.epoch.stamp.Stamp;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Minutes of services, by number: number n is minute n / {@value #SERVICES} of service n modulo
 * that. Some have no calls.
 *
 * @param told transitions, as numbers: which, the new state's place from 1, the version, the minute
 *     that it began in
 * @param judged the windows that were judged, as numbers: which, 0, the version, 0
 */
record AlertJob(
    EpochSettings settings, OpenNumbers numbers, CommittedRows told, CommittedRows judged) {

  static final int SERVICES = 8;

  private static final int BURST = 32;
  private static final TypeInformation<Stamped> STAMPED = TypeInformation.of(Stamped.class);

  /** From 0 to 6, some without rhyme, some for a while. */
  static long calls(long number) {
    long minute = number / SERVICES;
    return Math.floorMod((number * 0x9E3779B97F4A7C15L) >>> 40, 4) + minute / 5 % 2 * 3;
  }

  void define(StreamExecutionEnvironment env) {
    env.getConfig().setAutoWatermarkInterval(20);
    DataStream<Sample> samples =
        env.fromSource(numbers, WatermarkStrategy.noWatermarks(), "numbers")
            .setParallelism(1)
            .uid("numbers")
            .filter(AlertJob::hasCalls)
            .setParallelism(1)
            .map(AlertJob::sample)
            .returns(TypeInformation.of(Sample.class))
            .setParallelism(1)
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Sample>forMonotonousTimestamps()
                    .withTimestampAssigner((sample, before) -> sample.endMillis() - 1))
            .setParallelism(1)
            .uid("times");
    AlertPlan plan =
        new AlertPlan(
            Scope.SERVICE, Metric.OF_SPANS, Duration.ofMinutes(1), Duration.ofDays(1), true);
    Alerts alerts =
        Alerts.on(samples, plan, Epochs.of(env, settings), Rules.Type.INSTANCE, "alerts");
    alerts.transitions().map(AlertJob::told, STAMPED).uid("told").sinkTo(told).uid("told-sink");
    alerts.stamps().map(AlertJob::judged, STAMPED).uid("judged").sinkTo(judged).uid("judged-sink");
  }

  private static boolean hasCalls(long number) throws InterruptedException {
    if (number % BURST == 0) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
    return calls(number) > 0;
  }

  private static Sample sample(long number) {
    double[] values = Metric.ofEmptyWindow();
    values[Metric.CALLS.place()] = calls(number);
    Series series = Series.ofService(Long.toString(number % SERVICES));
    return new Sample(series, (number / SERVICES + 1) * MINUTE, values, 0);
  }

  private static Stamped told(Alert alert) {
    long number = number(alert.series(), alert.atMillis());
    return new Stamped(
        number, PlainAlerts.place(alert.state()), alert.version(), alert.sinceMillis() / MINUTE);
  }

  private static Stamped judged(Stamp stamp) {
    String[] words = stamp.record().split("[ @]", -1);
    Series series = Series.ofService(words[2]);
    return new Stamped(number(series, Long.parseLong(words[3])), 0, stamp.version(), 0);
  }

  private static long number(Series series, long endMillis) {
    return (endMillis / MINUTE - 1) * SERVICES + Long.parseLong(series.service());
  }
}
