package io.weir.jobs.input.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.intake.RawRecord;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PromptReaderTest {

  private final List<String> calls = new ArrayList<>();
  private final PromptReader reader = new PromptReader(recorded());

  /** A reader that writes down what it is asked. */
  @SuppressWarnings("unchecked")
  private SourceReader<RawRecord, KafkaPartitionSplit> recorded() {
    return (SourceReader<RawRecord, KafkaPartitionSplit>)
        Proxy.newProxyInstance(
            SourceReader.class.getClassLoader(),
            new Class<?>[] {SourceReader.class},
            (proxy, method, arguments) -> {
              calls.add(method.getName() + " " + Arrays.toString(arguments));
              return null;
            });
  }

  private static KafkaPartitionSplit split(int partition) {
    return new KafkaPartitionSplit(new TopicPartition("events", partition), 0);
  }

  @Test
  void wakesTheConsumerOfAllItsPartitionsBehindTheCommitOfACheckpoint() throws Exception {
    reader.addSplits(List.of(split(0)));
    reader.addSplits(List.of(split(1)));
    calls.clear();

    reader.notifyCheckpointComplete(7);

    assertThat(calls)
        .containsExactly(
            "notifyCheckpointComplete [7]", "pauseOrResumeSplits [[], [events-0, events-1]]");
  }

  @Test
  void wakesNothingForACheckpointThatWasAborted() throws Exception {
    reader.addSplits(List.of(split(0)));
    calls.clear();

    reader.notifyCheckpointAborted(7);

    assertThat(calls).containsExactly("notifyCheckpointAborted [7]");
  }
}
