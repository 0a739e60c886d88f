package io.weir.operators.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StaticEnumeratorTest {

  private static final CountingOrigins FIVE =
      CountingOrigins.of(
          new Origin("a", 10),
          new Origin("b", 7),
          new Origin("c", 7),
          new Origin("d", 3),
          new Origin("e", 0));

  private final MockSplitEnumeratorContext<OriginSplit> context =
      new MockSplitEnumeratorContext<>(2);

  @AfterEach
  void close() throws Exception {
    context.close();
  }

  @Test
  void handsOutEverythingLargestFirstOnceAllReadersAreThere() {
    StaticEnumerator enumerator = StaticEnumerator.fresh(context, FIVE);
    enumerator.start();

    register(enumerator, 1);
    assertThat(assigned()).isEmpty();
    register(enumerator, 0);

    // By hand: a to 0 (10), b to 1 (7), c to 1 (14), d to 0 (13), e to 0.
    assertThat(assigned()).containsExactly("0 a", "0 d", "0 e", "1 b", "1 c");
    assertThat(context.hasNoMoreSplits(0)).isTrue();
    assertThat(context.hasNoMoreSplits(1)).isTrue();
    assertThat(enumerator.snapshotState(1).splits()).isEmpty();
  }

  @Test
  void keepsWhatIsNotHandedOutInItsStateAndDoesNotListAgain() throws IOException {
    StaticEnumerator first = StaticEnumerator.fresh(context, FIVE);
    first.start();
    register(first, 0);
    WaitingSplits.Serializer serializer = new WaitingSplits.Serializer();
    byte[] state = serializer.serialize(first.snapshotState(1));
    context.unregisterReader(0);

    StaticEnumerator second = StaticEnumerator.restored(context, serializer.deserialize(1, state));
    second.start();
    register(second, 0);
    register(second, 1);

    assertThat(assigned()).hasSize(5);
  }

  @Test
  void givesSplitsBackToTheSubtaskThatLostThem() {
    StaticEnumerator enumerator = StaticEnumerator.fresh(context, FIVE);
    enumerator.start();
    register(enumerator, 0);
    register(enumerator, 1);
    List<OriginSplit> lost = List.of(new OriginSplit(new Origin("b", 7), new Position(1, 2, 3)));

    enumerator.addSplitsBack(lost, 1);
    assertThat(enumerator.snapshotState(2).splits()).isEqualTo(lost);
    register(enumerator, 1);

    List<SplitsAssignment<OriginSplit>> all = context.getSplitsAssignmentSequence();
    assertThat(all.get(all.size() - 1).assignment()).isEqualTo(java.util.Map.of(1, lost));
    assertThat(enumerator.snapshotState(3).splits()).isEmpty();
  }

  @Test
  void spreadsOriginsWithoutAnEnd() {
    List<OriginSplit> lanes =
        List.of("0", "1", "2", "3").stream()
            .map(name -> new OriginSplit(new Origin(name, Origin.UNKNOWN), Position.START))
            .toList();

    assertThat(StaticEnumerator.balanced(lanes, 2))
        .allSatisfy(share -> assertThat(share).hasSize(2));
  }

  @Test
  void failsWhereTheOriginsCannotBeListed() {
    Origins broken =
        new Origins() {
          @Override
          public List<Origin> list() throws IOException {
            throw new IOException("no file or folder /x");
          }

          @Override
          public Cursor open(Origin origin, Position from) {
            throw new IllegalStateException();
          }
        };
    StaticEnumerator enumerator = StaticEnumerator.fresh(context, broken);

    assertThatThrownBy(enumerator::start).hasMessage("no file or folder /x");
  }

  private void register(StaticEnumerator enumerator, int subtask) {
    context.registerReader(new ReaderInfo(subtask, "localhost"));
    enumerator.addReader(subtask);
  }

  private List<String> assigned() {
    return context.getSplitsAssignmentSequence().stream()
        .flatMap(assignment -> assignment.assignment().entrySet().stream())
        .flatMap(entry -> entry.getValue().stream().map(s -> entry.getKey() + " " + s.splitId()))
        .sorted()
        .toList();
  }
}
