package io.weir.jobs.input.kafka;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.intake.RawRecordTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Takes the values of Kafka's records as they are; a missing value has no bytes. */
public final class KafkaRecords implements KafkaRecordDeserializationSchema<RawRecord> {

  private static final long serialVersionUID = 1;
  private static final byte[] NOTHING = {};

  // Records come in runs of one partition: its name is made once for each run.
  private transient String origin = "";
  private transient String topic = "";
  private transient int partition = -1;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
    if (record.partition() != partition || !record.topic().equals(topic)) {
      topic = record.topic();
      partition = record.partition();
      // As Kafka's source names the split.
      origin = new TopicPartition(topic, partition).toString();
    }
    byte[] value = record.value();
    out.collect(RawRecord.data(origin, record.offset(), value == null ? NOTHING : value));
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return RawRecordTypeInfo.INSTANCE;
  }
}
