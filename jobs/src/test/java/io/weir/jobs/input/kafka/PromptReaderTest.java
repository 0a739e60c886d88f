package io.weir.jobs.input.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.intake.RawRecord;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PromptReaderTest {

  private static final String WAKE = "pauseOrResumeSplits [[], [events-0]]";

  private final List<String> calls = new ArrayList<>();
  private InputStatus polled = InputStatus.MORE_AVAILABLE;

  @SuppressWarnings("unchecked")
  private final PromptReader reader =
      new PromptReader((SourceReader<RawRecord, KafkaPartitionSplit>) recorded(SourceReader.class));

  @SuppressWarnings("unchecked")
  private final ReaderOutput<RawRecord> output =
      (ReaderOutput<RawRecord>) recorded(ReaderOutput.class);

  /** Something that writes down what it is asked. */
  private Object recorded(Class<?> type) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          calls.add(method.getName() + " " + Arrays.toString(arguments));
          return method.getName().equals("pollNext") ? polled : null;
        });
  }

  private static KafkaPartitionSplit split(int partition) {
    return new KafkaPartitionSplit(new TopicPartition("events", partition), 0);
  }

  @Test
  void wakesTheConsumerOfAllItsPartitionsBehindTheCommitOfACheckpoint() throws Exception {
    reader.addSplits(List.of(split(0)));
    reader.addSplits(List.of(split(1)));
    reader.snapshotState(7);
    calls.clear();

    reader.notifyCheckpointComplete(7);

    assertThat(calls)
        .containsExactly(
            "notifyCheckpointComplete [7]", "pauseOrResumeSplits [[], [events-0, events-1]]");
  }

  private void checkpoint(long id) throws Exception {
    reader.snapshotState(id);
    reader.notifyCheckpointComplete(id);
  }

  @Test
  void wakesNothingAgainUntilSomethingHasBeenRead() throws Exception {
    reader.addSplits(List.of(split(0)));
    checkpoint(1);
    calls.clear();

    polled = InputStatus.NOTHING_AVAILABLE;
    reader.pollNext(output);
    checkpoint(2);
    assertThat(calls).doesNotContain(WAKE);

    polled = InputStatus.MORE_AVAILABLE;
    reader.pollNext(output);
    checkpoint(3);
    assertThat(calls).containsOnlyOnce(WAKE);
  }

  @Test
  void wakesForWhatWasReadBehindTheBarrierAtTheNextCheckpoint() throws Exception {
    reader.addSplits(List.of(split(0)));
    reader.snapshotState(1);
    reader.pollNext(output);
    reader.notifyCheckpointComplete(1);
    calls.clear();

    checkpoint(2);

    assertThat(calls).contains(WAKE);
  }

  @Test
  void wakesForWhatAnAbortedCheckpointCoveredAtTheNextOne() throws Exception {
    reader.addSplits(List.of(split(0)));
    checkpoint(1);
    reader.pollNext(output);
    reader.snapshotState(2);
    reader.notifyCheckpointAborted(2);
    calls.clear();

    checkpoint(3);

    assertThat(calls).contains(WAKE);
  }

  @Test
  void wakesNothingForACheckpointThatWasAborted() throws Exception {
    reader.addSplits(List.of(split(0)));
    reader.snapshotState(7);
    calls.clear();

    reader.notifyCheckpointAborted(7);

    assertThat(calls).containsExactly("notifyCheckpointAborted [7]");
  }
}
