package io.weir.jobs.input.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.intake.RawRecord;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumerator;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.junit.jupiter.api.Test;

class ContactFirstTest {

  private final ContactFirst<?> source =
      new ContactFirst<>(
          KafkaSource.<RawRecord>builder()
              .setBootstrapServers("127.0.0.1:9")
              .setTopics("events")
              .setDeserializer(new KafkaRecords())
              .build(),
          new KafkaContact("127.0.0.1:9", Map.of()));

  @Test
  void contactIsMadeAtTheFirstStart() {
    assertThat(source.createEnumerator(new Idle())).isInstanceOf(ContactingEnumerator.class);
  }

  @Test
  void contactIsMadeAgainWhereACheckpointKnowsNoPartitions() throws Exception {
    assertThat(restored(false)).isInstanceOf(ContactingEnumerator.class);
  }

  @Test
  void aJobThatKnowsItsPartitionsWaitsForThemAsKafkasOwnSourceDoes() throws Exception {
    assertThat(restored(true)).isInstanceOf(KafkaSourceEnumerator.class);
  }

  private SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restored(boolean discovered)
      throws Exception {
    return source.restoreEnumerator(new Idle(), new KafkaSourceEnumState(Set.of(), discovered));
  }

  /** A context in which nothing happens. */
  private static final class Idle implements SplitEnumeratorContext<KafkaPartitionSplit> {

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void sendEventToSourceReader(int subtask, SourceEvent event) {}

    @Override
    public int currentParallelism() {
      return 1;
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
      return Map.of();
    }

    @Override
    public void assignSplits(SplitsAssignment<KafkaPartitionSplit> assignment) {}

    @Override
    public void signalNoMoreSplits(int subtask) {}

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {}

    @Override
    public <T> void callAsync(
        Callable<T> callable, BiConsumer<T, Throwable> handler, long delay, long period) {}

    @Override
    public void runInCoordinatorThread(Runnable runnable) {}
  }
}
