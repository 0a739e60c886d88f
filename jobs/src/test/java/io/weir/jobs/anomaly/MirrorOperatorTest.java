package io.weir.jobs.anomaly;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // The harness is closed by a method that may throw anything.
class MirrorOperatorTest {

  private static final int MAX_PARALLELISM = 16;
  private static final List<String> FILES =
      IntStream.range(0, 6).mapToObj(i -> "sub/" + i + ".csv").toList();

  @TempDir private Path folder;

  private KeyedOneInputStreamOperatorTestHarness<String, ScoredRow, Void> harness(
      int parallelism, int subtask) throws Exception {
    return harness(parallelism, subtask, true);
  }

  private KeyedOneInputStreamOperatorTestHarness<String, ScoredRow, Void> harness(
      int parallelism, int subtask, boolean checkpointed) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new MirrorOperator(folder.toString(), checkpointed),
        ScoredRow::file,
        Types.STRING,
        MAX_PARALLELISM,
        parallelism,
        subtask);
  }

  private static void rows(
      KeyedOneInputStreamOperatorTestHarness<String, ScoredRow, Void> harness,
      List<String> files,
      int from,
      int to)
      throws Exception {
    for (int i = from; i < to; i++) {
      for (String file : files) {
        byte[] line = (file + " at " + i + ",1").getBytes(UTF_8);
        harness.processElement(new ScoredRow(file, line, i / 1000.0, false), 0);
      }
    }
  }

  private static void end(
      KeyedOneInputStreamOperatorTestHarness<String, ScoredRow, Void> harness, List<String> files)
      throws Exception {
    for (String file : files) {
      harness.processElement(new ScoredRow(file, new byte[0], 0, true), 0);
    }
  }

  private static List<String> expected(String file, int rows) {
    return Stream.concat(
            Stream.of("timestamp,value,anomaly_score"),
            IntStream.range(0, rows).mapToObj(i -> file + " at " + i + ",1," + i / 1000.0))
        .toList();
  }

  private List<String> visible() throws IOException {
    return AnomalyRun.files(folder).keySet().stream().filter(name -> !name.contains("/.")).toList();
  }

  private void assertAllWritten(int rows) throws IOException {
    assertThat(visible()).isEqualTo(FILES);
    for (String file : FILES) {
      assertThat(Files.readAllLines(folder.resolve(file))).isEqualTo(expected(file, rows));
    }
  }

  @Test
  void aFileAppearsWhenTheCheckpointThatHoldsItsEndIsComplete() throws Exception {
    try (var harness = harness(1, 0)) {
      harness.open();
      rows(harness, FILES, 0, 10);
      harness.snapshot(1, 1);
      end(harness, FILES);
      harness.notifyOfCompletedCheckpoint(1);
      harness.snapshot(2, 2);

      assertThat(visible()).isEmpty();

      harness.notifyOfCompletedCheckpoint(2);
      assertAllWritten(10);
    }
  }

  @Test
  void rowsBehindTheCheckpointAreWrittenOnceThoughTheyCameTwice() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(1, 0)) {
      harness.open();
      rows(harness, FILES, 0, 500);
      state = harness.snapshot(1, 1);
      rows(harness, FILES, 500, 900);
      end(harness, FILES.subList(0, 3));
      harness.snapshot(2, 2);
    }

    for (int subtask = 0; subtask < 2; subtask++) {
      goOnFrom(state, subtask);
    }

    assertAllWritten(1000);
  }

  private void goOnFrom(OperatorSubtaskState state, int subtask) throws Exception {
    List<String> own = FILES.stream().filter(file -> subtaskOf(file) == subtask).toList();
    try (var harness = harness(2, subtask)) {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, MAX_PARALLELISM, 1, 2, subtask));
      harness.open();
      rows(harness, own, 500, 1000);
      end(harness, own);
      harness.snapshot(3, 3);
      harness.notifyOfCompletedCheckpoint(3);
    }
  }

  private static int subtaskOf(String file) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(file, MAX_PARALLELISM, 2);
  }

  @Test
  void aFileWhoseCheckpointWasCompleteAppearsAfterARestoreThoughNobodyWasTold() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(1, 0)) {
      harness.open();
      rows(harness, FILES, 0, 10);
      end(harness, FILES);
      state = harness.snapshot(1, 1);
    }
    assertThat(visible()).isEmpty();

    for (int restore = 0; restore < 2; restore++) {
      try (var harness = harness(1, 0)) {
        harness.initializeState(state);
        harness.open();
      }

      assertAllWritten(10);
    }
  }

  @Test
  void withoutCheckpointsFilesAppearAtTheEnd() throws Exception {
    try (var harness = harness(1, 0, false)) {
      harness.open();
      rows(harness, FILES, 0, 10);
      end(harness, FILES);
      assertThat(visible()).isEmpty();
      // Closing tells the operator of the end first.
    }

    assertAllWritten(10);
  }
}
