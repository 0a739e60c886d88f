package io.weir.operators.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.io.PushingAsyncDataInput.DataOutput;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.StatusWatermarkValve;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * Gates in one subtask or two, and what an operator behind their shuffle sees: all rows, and the
 * watermark that Flink's own valve makes of theirs.
 */
@SuppressWarnings("try") // close() of the harness throws what Flink lets it throw.
final class LiveStream implements AutoCloseable, DataOutput<Object> {

  private static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  private record Row(String origin, long time) {}

  private final List<OneInputStreamOperatorTestHarness<RawRecord, String>> gates =
      new ArrayList<>();
  private final StatusWatermarkValve valve;
  private final List<Row> rows = new ArrayList<>();
  private final List<Long> late = new ArrayList<>();
  private long watermark = Long.MIN_VALUE;

  LiveStream(int subtasks, TimeLimits limits) throws Exception {
    valve = new StatusWatermarkValve(subtasks);
    for (int i = 0; i < subtasks; i++) {
      var gate =
          new OneInputStreamOperatorTestHarness<>(
              new GateOperatorFactory<>(LiveStream::decode, limits, DEAD_LETTERS));
      gate.open();
      gates.add(gate);
    }
    take("busy", RawRecord.assigned(new OriginClock("busy")));
    take("slow", RawRecord.assigned(new OriginClock("slow")));
  }

  private static void decode(byte[] bytes, Decoder.Values<String> values) {
    String row = new String(bytes, UTF_8);
    int space = row.indexOf(' ');
    values.add(row.substring(0, space), Long.parseLong(row.substring(space + 1)));
  }

  void tick(long millis) throws Exception {
    for (int subtask = 0; subtask < gates.size(); subtask++) {
      gates.get(subtask).setProcessingTime(millis);
      passOn(subtask);
    }
  }

  void read(String origin, long time) throws Exception {
    take(origin, RawRecord.data(origin, 0, (origin + " " + time).getBytes(UTF_8)));
  }

  private void take(String origin, RawRecord record) throws Exception {
    int subtask = origin.equals("slow") ? gates.size() - 1 : 0;
    gates.get(subtask).processElement(new StreamRecord<>(record));
    passOn(subtask);
  }

  private void passOn(int subtask) throws Exception {
    var output = gates.get(subtask).getOutput();
    while (!output.isEmpty()) {
      Object next = output.remove();
      if (next instanceof Watermark mark) {
        valve.inputWatermark(mark, subtask, this);
      } else if (next instanceof WatermarkStatus status) {
        valve.inputWatermarkStatus(status, subtask, this);
      } else if (next instanceof StreamRecord<?> row) {
        see(String.valueOf(row.getValue()), row.getTimestamp());
      }
    }
  }

  private void see(String origin, long time) {
    rows.add(new Row(origin, time));
    if (time <= watermark) {
      late.add(time);
    }
  }

  List<Long> rowsOf(String origin) {
    return rows.stream().filter(row -> row.origin().equals(origin)).map(Row::time).toList();
  }

  /** The rows that came behind the watermark. */
  List<Long> late() {
    return late;
  }

  /** Why rows became dead letters. */
  List<String> refused() {
    return gates.stream()
        .map(gate -> gate.getSideOutput(DEAD_LETTERS))
        .filter(Objects::nonNull)
        .flatMap(Collection::stream)
        .map(letter -> letter.getValue().reason())
        .toList();
  }

  long watermark() {
    return watermark;
  }

  @Override
  public void emitWatermark(Watermark next) {
    watermark = next.getTimestamp();
  }

  @Override
  public void emitRecord(StreamRecord<Object> row) {
    throw new UnsupportedOperationException("the valve has no rows");
  }

  @Override
  public void emitWatermarkStatus(WatermarkStatus status) {}

  @Override
  public void emitLatencyMarker(LatencyMarker marker) {}

  @Override
  public void emitRecordAttributes(RecordAttributes attributes) {}

  @Override
  public void emitWatermark(WatermarkEvent event) {}

  @Override
  public void close() throws Exception {
    for (var gate : gates) {
      gate.close();
    }
  }
}
