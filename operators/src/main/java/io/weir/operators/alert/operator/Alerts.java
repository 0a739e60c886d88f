package io.weir.operators.alert.operator;

import io.weir.operators.alert.Alert;
import io.weir.operators.alert.Sample;
import io.weir.operators.alert.Series;
import io.weir.operators.alert.rule.AlertRules;
import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.operator.Epochs;
import io.weir.operators.epoch.stamp.Stamp;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The alerts on series of one kind.
 *
 * @param transitions one row for each; its timestamp is the window's last millisecond
 * @param stamps of the windows that were judged, if the plan wants them
 */
public record Alerts(DataStream<Alert> transitions, DataStream<Stamp> stamps) {

  /**
   * Adds the operator, behind a shuffle by series.
   *
   * @param samples of windows that do not overlap, each before the watermark that passes its end
   * @param type what the job's configuration says of alerts
   * @param uid of the operator
   */
  public static Alerts on(
      DataStream<Sample> samples,
      AlertPlan plan,
      Epochs epochs,
      ConfigurationType<AlertRules> type,
      String uid) {
    SingleOutputStreamOperator<Alert> transitions =
        epochs
            .transform(
                samples.keyBy(Sample::series, TypeInformation.of(Series.class)),
                "alerts",
                TypeInformation.of(Alert.class),
                new AlertOperator(plan, type))
            .uid(uid);
    return new Alerts(transitions, transitions.getSideOutput(Stamp.OUTPUT));
  }
}
