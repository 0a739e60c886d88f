package io.weir.operators.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A gate over records that hold their event time as text, and what came out of it. */
final class GateRun implements Gate.Out<Long> {

  final List<Long> values = new ArrayList<>();
  final List<DeadLetter> letters = new ArrayList<>();
  final List<OriginClock> clocks = new ArrayList<>();
  final TimeLimits limits;
  final Gate<Long> gate;

  GateRun(TimeLimits limits) {
    this.limits = limits;
    gate = new Gate<>(GateRun::decode, limits, this, 0);
  }

  static void decode(byte[] bytes, Decoder.Values<Long> values) throws BrokenRecordException {
    String text = new String(bytes, UTF_8);
    if (text.equals("x")) {
      throw new BrokenRecordException("is x");
    }
    values.add(Long.valueOf(text), Long.parseLong(text));
  }

  OriginClock assign(String origin) {
    return assign(new OriginClock(origin));
  }

  OriginClock assign(OriginClock clock) {
    clocks.add(clock);
    gate.accept(RawRecord.assigned(clock));
    return clock;
  }

  void feed(String origin, long time) {
    gate.accept(RawRecord.data(origin, 0, Long.toString(time).getBytes(UTF_8)));
  }

  void end() {
    gate.finish();
  }

  GateRun restored() throws IOException {
    GateRun next = new GateRun(limits);
    next.values.addAll(values);
    next.letters.addAll(letters);
    for (OriginClock clock : clocks) {
      next.assign(OriginClockCodec.read(OriginClockCodec.write(clock)));
    }
    return next;
  }

  List<Long> missing(List<Long> good) {
    Set<Long> missing = new LinkedHashSet<>(good);
    values.forEach(missing::remove);
    return List.copyOf(missing);
  }

  List<String> refused() {
    return letters.stream()
        .map(letter -> letter.reason() + " " + new String(letter.bytes(), UTF_8))
        .toList();
  }

  @Override
  public void value(Long value, long timeMillis) {
    assertThat(timeMillis).isEqualTo(value);
    values.add(value);
  }

  @Override
  public void refused(DeadLetter letter, int lost) {
    letters.add(letter);
  }
}
