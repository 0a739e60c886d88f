package io.weir.jobs.input.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.intake.RawRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaRecordsTest {

  private final List<RawRecord> records = new ArrayList<>();
  private final KafkaRecords schema = new KafkaRecords();

  @Test
  void namesOriginsAsTheConnectorNamesItsSplits() {
    for (TopicPartition place :
        List.of(
            new TopicPartition("a", 0),
            new TopicPartition("a", 0),
            new TopicPartition("a", 1),
            new TopicPartition("b-c", 1))) {
      deserialize(place, new byte[] {1});

      assertThat(last().origin()).isEqualTo(place.toString());
      assertThat(last().position()).isEqualTo(42);
      assertThat(last().bytes()).containsExactly(1);
    }
    assertThat(records.get(1).origin()).isSameAs(records.get(0).origin());
  }

  @Test
  void takesANullValueForAnEmptyRecord() {
    deserialize(new TopicPartition("a", 0), null);

    assertThat(last().mark()).isEqualTo(RawRecord.Mark.DATA);
    assertThat(last().bytes()).isEmpty();
  }

  private RawRecord last() {
    return records.get(records.size() - 1);
  }

  @SuppressWarnings("NullAway") // Kafka's records may hold null, which it does not say
  private void deserialize(TopicPartition place, byte @Nullable [] value) {
    schema.deserialize(
        new ConsumerRecord<>(place.topic(), place.partition(), 42, null, value),
        new Collector<>() {
          @Override
          public void collect(RawRecord record) {
            records.add(record);
          }

          @Override
          public void close() {}
        });
  }
}
