package io.weir.operators.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.junit.jupiter.api.Test;

class StaticReaderTest {

  private static final Origin A = new Origin("a", 3);
  private static final Origin B = new Origin("b", 2);
  private static final Origin EMPTY = new Origin("c", 0);

  private final Records records = new Records();
  private final Map<String, Gauge<?>> gauges = new HashMap<>();

  @Test
  void readsOriginsInOrderAndClosesEach() throws IOException {
    StaticReader reader = reader(CountingOrigins.of());
    reader.addSplits(List.of(fresh(EMPTY), fresh(B)));
    reader.addSplits(List.of(fresh(A)));
    reader.notifyNoMoreSplits();

    drain(reader);

    assertThat(records.seen)
        .containsExactly(
            "a:1", "a:2", "a:3", "FINISHED a", "b:1", "b:2", "FINISHED b", "FINISHED c");
  }

  @Test
  void emitsNothingBeforeItKnowsAllOfItsOrigins() throws IOException {
    StaticReader reader = reader(CountingOrigins.of());
    reader.addSplits(List.of(fresh(A)));

    assertThat(reader.pollNext(records)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    assertThat(reader.isAvailable()).isNotDone();
    reader.notifyNoMoreSplits();

    assertThat(reader.isAvailable()).isDone();
    assertThat(records.seen).isEmpty();
  }

  @Test
  void endsAtOnceWithoutOrigins() throws IOException {
    StaticReader reader = reader(CountingOrigins.of());
    reader.notifyNoMoreSplits();

    assertThat(reader.pollNext(records)).isEqualTo(InputStatus.END_OF_INPUT);
  }

  @Test
  void goesOnWhereASnapshotWasTakenAfterAnyNumberOfCalls() throws IOException {
    Origin large = new Origin("a", 2 * StaticReader.MOST_RECORDS + 1);
    for (int calls = 0; calls <= 9; calls++) {
      records.seen.clear();
      StaticReader first = reader(CountingOrigins.of());
      first.addSplits(List.of(fresh(large), fresh(B)));
      first.notifyNoMoreSplits();
      for (int i = 0; i < calls; i++) {
        first.pollNext(records);
      }

      StaticReader second = reader(CountingOrigins.of());
      second.addSplits(first.snapshotState(1));
      second.notifyNoMoreSplits();
      drain(second);

      assertThat(records.seen.stream().filter(seen -> seen.contains(":")))
          .containsExactlyElementsOf(numbers(large, B));
    }
  }

  private static List<String> numbers(Origin... origins) {
    return Stream.of(origins)
        .flatMap(o -> LongStream.rangeClosed(1, o.work()).mapToObj(n -> o.name() + ":" + n))
        .toList();
  }

  @Test
  void letsTheTaskLookForBarriersAfterABoundedNumberOfRecords() throws IOException {
    StaticReader reader = reader(CountingOrigins.of());
    reader.addSplits(List.of(fresh(new Origin("a", 1000))));
    reader.notifyNoMoreSplits();

    InputStatus status = reader.pollNext(records);
    while (records.seen.isEmpty()) {
      status = reader.pollNext(records);
    }

    assertThat(records.seen).hasSize(StaticReader.MOST_RECORDS);
    assertThat(status).isEqualTo(InputStatus.MORE_AVAILABLE);
  }

  @Test
  void takesTurnsWhereOriginsAreInterleaved() throws IOException {
    StaticReader reader = reader(new CountingOrigins(List.of(), true, List.of()));
    reader.addSplits(List.of(fresh(A), fresh(B), fresh(EMPTY)));
    reader.notifyNoMoreSplits();

    drain(reader);

    assertThat(records.seen.stream().filter(seen -> seen.contains(":")))
        .containsExactly("a:1", "b:1", "a:2", "b:2", "a:3");
    assertThat(records.seen).contains("FINISHED a", "FINISHED b", "FINISHED c").hasSize(8);
  }

  @Test
  void waitsWithoutBeingBusyUntilTheFirstOfItsOriginsIsDue() throws IOException {
    StaticReader reader = reader(new CountingOrigins(List.of(), true, List.of(0L, 30L)));
    reader.addSplits(List.of(fresh(A), fresh(B)));
    reader.notifyNoMoreSplits();

    int calls = 0;
    InputStatus status = InputStatus.MORE_AVAILABLE;
    while (status == InputStatus.MORE_AVAILABLE) {
      status = reader.pollNext(records);
      calls++;
    }

    assertThat(status).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    assertThat(calls).isLessThan(10);
    assertThat(reader.isAvailable()).isNotDone();
    await().until(reader.isAvailable()::isDone);
    drain(reader);
    assertThat(records.seen).contains("a:3", "b:2");
  }

  @Test
  void reportsItsWork() throws IOException {
    StaticReader reader = reader(CountingOrigins.of());
    reader.addSplits(List.of(fresh(A), new OriginSplit(B, new Position(0, 0, 1))));
    reader.notifyNoMoreSplits();
    assertThat(gauge("workTotal")).isEqualTo(5L);
    assertThat(gauge("workDone")).isEqualTo(0L);

    drain(reader);

    assertThat(gauge("workDone")).isEqualTo(5L);
  }

  @Test
  void saysThatTheTotalIsUnknownWhereAnOriginIsEndless() {
    StaticReader reader = reader(CountingOrigins.of());
    reader.addSplits(List.of(fresh(A), fresh(new Origin("x", Origin.UNKNOWN)), fresh(B)));

    assertThat(gauge("workTotal")).isEqualTo(Origin.UNKNOWN);
  }

  private StaticReader reader(Origins origins) {
    UnregisteredMetricsGroup metrics =
        new UnregisteredMetricsGroup() {
          @Override
          public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            gauges.put(name, gauge);
            return gauge;
          }
        };
    return new StaticReader(origins, InternalSourceReaderMetricGroup.mock(metrics));
  }

  private Object gauge(String name) {
    return java.util.Objects.requireNonNull(gauges.get(name)).getValue();
  }

  private void drain(StaticReader reader) throws IOException {
    InputStatus status = InputStatus.MORE_AVAILABLE;
    while (status != InputStatus.END_OF_INPUT) {
      status = reader.pollNext(records);
      if (status == InputStatus.NOTHING_AVAILABLE) {
        reader.isAvailable().join();
      }
    }
  }

  private static OriginSplit fresh(Origin origin) {
    return new OriginSplit(origin, Position.START);
  }
}
