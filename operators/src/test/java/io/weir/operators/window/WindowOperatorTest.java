package io.weir.operators.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.operators.intake.DeadLetter;
import io.weir.operators.window.Clicks.Click;
import java.util.List;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.Test;

/** Two sources, of which the second may be idle, and one to three window operators. */
class WindowOperatorTest {

  private static final Windowing TUMBLING = new Windowing.Tumbling(10);
  private static final Windowing HOPPING = new Windowing.Hopping(10, 4);
  private static final Windowing SESSION = new Windowing.Session(10);

  @Test
  void emitsAWindowWhenTheWatermarkReachesItsLastMillisecond() throws Exception {
    Pipeline pipeline = pipeline(TUMBLING);
    pipeline.row(0, new Click(0, "a", 1));
    pipeline.row(1, new Click(9, "a", 2));

    advance(pipeline, 8);
    assertThat(pipeline.results()).isEmpty();

    advance(pipeline, 9);
    assertThat(pipeline.results()).containsExactly("0..10 a 2 3 1");
    assertThat(pipeline.keyedStateEntries()).isZero();
  }

  @Test
  void hoppingWindowsKeepASliceUntilItsLastWindowIsClosed() throws Exception {
    Pipeline pipeline = pipeline(HOPPING);
    pipeline.row(0, new Click(0, "a", 1));
    pipeline.row(1, new Click(8, "a", 2));

    advance(pipeline, 8);
    assertThat(pipeline.results()).containsExactly("-8..2 a 1 1 1", "-4..6 a 1 1 1");

    advance(pipeline, 17);
    assertThat(pipeline.results())
        .containsExactly(
            "-8..2 a 1 1 1", "-4..6 a 1 1 1", "0..10 a 2 3 1", "4..14 a 1 2 2", "8..18 a 1 2 2");
    assertThat(pipeline.keyedStateEntries()).isZero();
    assertThat(pipeline.timers()).isZero();
  }

  @Test
  void aRowBetweenTwoSessionsJoinsThem() throws Exception {
    Pipeline pipeline = pipeline(SESSION);
    pipeline.row(0, new Click(0, "a", 1));
    pipeline.row(0, new Click(18, "a", 2));
    advance(pipeline, 0);
    pipeline.row(1, new Click(9, "a", 3));
    advance(pipeline, 26);
    assertThat(pipeline.results()).isEmpty();

    advance(pipeline, 27);
    assertThat(pipeline.results()).containsExactly("0..28 a 3 6 2");
    assertThat(pipeline.timers()).isZero();
  }

  @Test
  void aDistanceOfTheGapBeginsANewSession() throws Exception {
    Pipeline pipeline = pipeline(SESSION);
    pipeline.row(0, new Click(0, "a", 1));
    pipeline.row(1, new Click(10, "a", 2));

    advance(pipeline, 100);

    assertThat(pipeline.results()).containsExactly("0..10 a 1 1 1", "10..20 a 1 2 2");
  }

  @Test
  void noTwoDeadLettersOfAGroupBearTheSamePlace() throws Exception {
    Pipeline pipeline = pipeline(TUMBLING);
    pipeline.row(0, new Click(5, "a", 1));
    idleWhileTheOtherAdvancesTo(pipeline, 9);

    pipeline.row(1, new Click(5, "a", 1));
    pipeline.row(1, new Click(15, "a", 1));
    idleWhileTheOtherAdvancesTo(pipeline, 29);
    pipeline.row(1, new Click(6, "a", 1));
    pipeline.flush(1);
    end(pipeline);

    assertThat(pipeline.deadLetters())
        .extracting(letter -> letter.origin() + " " + letter.position())
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(1);
  }

  @Test
  void remembersWhatItRefusedOnlyUntilTheWatermarkMovesOn() throws Exception {
    Pipeline pipeline = pipeline(TUMBLING);
    idleWhileTheOtherAdvancesTo(pipeline, 9);
    for (long watermark : new long[] {11, 13, 100, Long.MAX_VALUE - 1}) {
      for (int letter = 0; letter < 2; letter++) {
        pipeline.row(1, new Click(5, "a", 1));
        pipeline.flush(1);
        pipeline.deliver(1, 1);
        assertThat(pipeline.keyedStateEntries()).isEqualTo(1);
      }
      idleWhileTheOtherAdvancesTo(pipeline, watermark);
      assertThat(pipeline.keyedStateEntries()).isZero();
      assertThat(pipeline.timers()).isZero();
    }
    pipeline.row(1, new Click(5, "a", 1));
    pipeline.flush(1);
    pipeline.deliverAll();

    assertThat(pipeline.deadLetters())
        .extracting(DeadLetter::position)
        .isSorted()
        .doesNotHaveDuplicates()
        .hasSize(9);
  }

  @Test
  void rowsForAClosedWindowBecomeADeadLetterAndChangeNothing() throws Exception {
    Pipeline pipeline = pipeline(TUMBLING);
    pipeline.row(0, new Click(5, "a", 1));
    idleWhileTheOtherAdvancesTo(pipeline, 9);

    pipeline.row(1, new Click(5, "a", 1));
    pipeline.row(1, new Click(6, "a", 1));
    pipeline.row(1, new Click(10, "a", 1));
    pipeline.flush(1);
    end(pipeline);

    assertThat(pipeline.results()).containsExactly("0..10 a 1 1 1", "10..20 a 1 1 1");
    assertThat(pipeline.deadLetters()).hasSize(1);
    DeadLetter letter = pipeline.deadLetters().get(0);
    assertThat(letter.reason()).isEqualTo("late");
    assertThat(letter.origin()).isEqualTo("window of [page=a]");
    assertThat(letter.position()).isEqualTo(10);
    assertThat(letter.bytes()).isEmpty();
    assertThat(letter.detail())
        .isEqualTo(
            "2 rows of group [page=a] came when their window from 1970-01-01T00:00:00Z"
                + " to 1970-01-01T00:00:00.010Z was closed");
  }

  @Test
  void takesRowsOfASourceThatCameBackFromIdlenessAfterTheOtherHasEnded() throws Exception {
    Pipeline pipeline = pipeline(TUMBLING);
    pipeline.row(0, new Click(25, "a", 1));
    idleWhileTheOtherAdvancesTo(pipeline, 14);

    pipeline.row(1, new Click(16, "a", 1));
    pipeline.end(0);
    pipeline.deliverAll();
    pipeline.flush(1);
    pipeline.row(1, new Click(31, "a", 1));
    pipeline.end(1);
    pipeline.deliverAll();

    assertThat(pipeline.deadLetters()).isEmpty();
    assertThat(pipeline.results())
        .containsExactly("10..20 a 1 1 1", "20..30 a 1 1 1", "30..40 a 1 1 1");
  }

  @Test
  void closesNothingForASourceThatHadEndedBeforeARestore() throws Exception {
    Pipeline pipeline = pipeline(TUMBLING);
    pipeline.status(1, WatermarkStatus.IDLE);
    pipeline.deliverAll();
    pipeline.tell(0, Watermark.MAX_WATERMARK);

    pipeline.status(1, WatermarkStatus.ACTIVE);
    pipeline.row(1, new Click(5, "a", 1));
    pipeline.flush(1);
    pipeline.deliverAll();
    assertThat(pipeline.results()).isEmpty();
    end(pipeline);

    assertThat(pipeline.results()).containsExactly("0..10 a 1 1 1");
    assertThat(pipeline.deadLetters()).isEmpty();
  }

  @Test
  void hoppingWindowsThatAreStillOpenTakeALateRow() throws Exception {
    Pipeline pipeline = pipeline(HOPPING);
    idleWhileTheOtherAdvancesTo(pipeline, 5);

    // Its windows are [-8, 2), [-4, 6), [0, 10); two of them are closed.
    pipeline.row(1, new Click(0, "a", 1));
    pipeline.row(1, new Click(-1, "a", 1));
    pipeline.flush(1);
    end(pipeline);

    assertThat(pipeline.results()).containsExactly("0..10 a 1 1 1");
    assertThat(pipeline.deadLetters())
        .extracting(DeadLetter::detail)
        .singleElement()
        .asString()
        .startsWith("1 rows of group [page=a]");
  }

  @Test
  void aLateSessionNeverBeginsWhereAClosedOneBegan() throws Exception {
    Pipeline pipeline = pipeline(SESSION);
    pipeline.row(0, new Click(0, "a", 1));
    idleWhileTheOtherAdvancesTo(pipeline, 12);

    pipeline.row(1, new Click(0, "a", 1));
    pipeline.row(1, new Click(9, "a", 1));
    pipeline.flush(1);
    pipeline.row(1, new Click(4, "a", 1));
    pipeline.flush(1);
    end(pipeline);

    assertThat(pipeline.results()).containsExactly("0..10 a 1 1 1", "4..14 a 1 1 1");
    assertThat(pipeline.deadLetters())
        .extracting(DeadLetter::detail)
        .singleElement()
        .asString()
        .startsWith("2 rows of group [page=a]");
  }

  @Test
  void whatWasClosedBeforeARestoreStaysClosedAtAnyParallelism() throws Exception {
    Pipeline before = pipeline(TUMBLING);
    before.row(0, new Click(5, "a", 1));
    before.row(0, new Click(15, "a", 1));
    advance(before, 9);
    Pipeline.Snapshot snapshot = before.snapshot(1);
    before.close();

    for (int parallelism = 1; parallelism <= 3; parallelism++) {
      Pipeline after =
          new Pipeline(
              Clicks.plan(TUMBLING, PreAggregation.DEFAULT),
              2,
              parallelism,
              new HashMapStateBackend(),
              snapshot);
      after.row(0, new Click(5, "a", 1));
      after.row(0, new Click(6, "b", 1));
      after.row(0, new Click(16, "a", 1));
      end(after);

      assertThat(after.results()).containsExactly("10..20 a 2 2 1");
      assertThat(after.deadLetters()).hasSize(2);
    }
  }

  @Test
  void stateOfOtherWindowsOrAggregatesIsRefused() throws Exception {
    Pipeline before = pipeline(TUMBLING);
    before.row(0, new Click(5, "a", 1));
    Pipeline.Snapshot snapshot = before.snapshot(1);

    for (WindowPlan other :
        List.of(
            Clicks.plan(new Windowing.Tumbling(20), PreAggregation.DEFAULT),
            new WindowPlan(
                List.of("page"), TUMBLING, List.of(NamedAggregate.of("n", "count(bytes)"))),
            new WindowPlan(List.of("bytes"), TUMBLING, Clicks.AGGREGATES.subList(0, 1)))) {
      assertThatThrownBy(() -> new Pipeline(other, 2, 1, new HashMapStateBackend(), snapshot))
          .rootCause()
          .hasMessageContaining("must not be incompatible");
    }
  }

  private static Pipeline pipeline(Windowing windowing) throws Exception {
    return new Pipeline(Clicks.plan(windowing, PreAggregation.DEFAULT), 2, 1);
  }

  private static void advance(Pipeline pipeline, long watermark) throws Exception {
    pipeline.watermark(0, watermark);
    pipeline.watermark(1, watermark);
    pipeline.deliverAll();
  }

  private static void end(Pipeline pipeline) throws Exception {
    pipeline.end(0);
    pipeline.end(1);
    pipeline.deliverAll();
  }

  private static void idleWhileTheOtherAdvancesTo(Pipeline pipeline, long watermark)
      throws Exception {
    pipeline.status(1, WatermarkStatus.IDLE);
    pipeline.watermark(0, watermark);
    pipeline.deliverAll();
    pipeline.status(1, WatermarkStatus.ACTIVE);
    pipeline.deliver(1, 1);
  }
}
