package io.weir.operators.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceSpansTest {

  private final Random random = new Random(Long.getLong("seed", 42));
  private final TraceSpans spans = new TraceSpans();
  private final Map<Long, SeenSpan> seen = new HashMap<>();

  private void see(int count) {
    for (int i = 0; i < count; i++) {
      long id = random.nextLong();
      SeenSpan span = new SeenSpan("service " + random.nextInt(5), random.nextInt(1_000));
      spans.see(id, span.service(), span.time());
      seen.put(id, span);
    }
  }

  private WaitingSpan waiting(long time) {
    return new WaitingSpan("service " + random.nextInt(9), random.nextLong(), 1, time);
  }

  private static List<WaitingSpan> answered(TraceSpans spans, long parent) {
    List<WaitingSpan> answered = new ArrayList<>();
    spans.answer(parent, answered::add);
    return answered;
  }

  private static TraceSpans throughBytes(TraceSpans spans) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);
    TraceSpansSerializer.INSTANCE.serialize(spans, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    TraceSpans read = TraceSpansSerializer.INSTANCE.deserialize(in);
    assertThat(in.available()).isZero();
    return read;
  }

  private void assertKnows(TraceSpans asked) {
    seen.forEach((id, span) -> assertThat(asked.serviceOf(id)).isEqualTo(span.service()));
    for (int i = 0; i < 100; i++) {
      assertThat(asked.serviceOf(random.nextLong())).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 7, 100, TraceSpans.MOST_SEEN})
  void knowsWhatItSaw(int count) throws IOException {
    see(count);

    assertKnows(spans);
    assertKnows(throughBytes(spans));
    assertKnows(spans.copy());
    assertThat(spans.canTakeSeen()).isEqualTo(count < TraceSpans.MOST_SEEN);
    assertThat(spans.isEmpty()).isEqualTo(count == 0);
  }

  @Test
  void forgetsWhatIsNotLater() {
    see(TraceSpans.MOST_SEEN);
    spans.await(1, waiting(500));
    spans.await(1, waiting(501));

    int orphans = spans.forget(500);

    seen.forEach(
        (id, span) -> assertThat(spans.serviceOf(id) != null).isEqualTo(span.time() > 500));
    assertThat(orphans).isOne();
    assertThat(answered(spans, 1)).extracting(WaitingSpan::time).containsExactly(501L);
    assertThat(spans.forget(1_000)).isZero();
    assertThat(spans.isEmpty()).isTrue();
  }

  @Test
  void answersThoseThatWaitOnceAndInTheirOrder() throws IOException {
    List<WaitingSpan> children = new ArrayList<>();
    for (int i = 0; i < TraceSpans.MOST_WAITING; i++) {
      children.add(waiting(i));
      spans.await(i % 2, children.get(i));
    }
    assertThat(spans.canTakeWaiting()).isFalse();
    TraceSpans read = throughBytes(spans);
    TraceSpans copy = spans.copy();

    List<WaitingSpan> even = answered(spans, 0);

    assertThat(even).isEqualTo(children.stream().filter(child -> child.time() % 2 == 0).toList());
    assertThat(answered(spans, 0)).isEmpty();
    assertThat(answered(read, 0)).isEqualTo(even);
    assertThat(answered(copy, 0)).isEqualTo(even);
    assertThat(answered(spans, 1)).hasSize(children.size() - even.size());
    assertThat(spans.isEmpty()).isTrue();
  }

  @Test
  void aCopyGoesItsOwnWay() {
    see(10);
    TraceSpans copy = spans.copy();

    spans.see(7, "later", 5);
    spans.forget(1_000);

    assertKnows(copy);
    assertThat(copy.serviceOf(7)).isNull();
  }

  @Test
  void saysWhetherThereIsMoreElsewhere() throws IOException {
    spans.setContinued(true);

    assertThat(throughBytes(spans).isContinued()).isTrue();
    assertThat(spans.copy().isContinued()).isTrue();
    assertThat(throughBytes(new TraceSpans()).isContinued()).isFalse();
  }
}
