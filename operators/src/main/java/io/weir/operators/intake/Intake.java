package io.weir.operators.intake;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * What comes in behind the gate.
 *
 * @param values decoded, on time, with timestamps and watermarks
 * @param deadLetters what was refused
 * @param <T> the decoded values
 */
public record Intake<T>(DataStream<T> values, DataStream<DeadLetter> deadLetters) {

  /**
   * Puts the gate behind a source.
   *
   * @param records straight from the source: the gate runs in its chain
   * @param type of the decoded values
   * @param uid of the operator
   */
  public static <T> Intake<T> behind(
      DataStream<RawRecord> records,
      Decoder<T> decoder,
      TypeInformation<T> type,
      TimeLimits limits,
      String uid) {
    OutputTag<DeadLetter> refused =
        new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));
    SingleOutputStreamOperator<T> values =
        records
            .transform("gate", type, new GateOperatorFactory<>(decoder, limits, refused))
            .uid(uid);
    return new Intake<>(values, values.getSideOutput(refused));
  }
}
