package io.weir.jobs.input.kafka;

import io.weir.operators.intake.RawRecord;
import java.io.Serializable;
import java.util.concurrent.Callable;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Kafka's source, which fails for good where Kafka cannot be reached at all. Kafka's own source
 * cannot tell a wrong address from an outage, so that its job restarts until the restart strategy
 * gives up. Once a checkpoint knows the partitions, an outage is waited for as the strategy says.
 *
 * @param <C> asks for contact and can be sent
 */
public final class ContactFirst<C extends Callable<?> & Serializable>
    implements Source<RawRecord, KafkaPartitionSplit, KafkaSourceEnumState> {

  private static final long serialVersionUID = 1;

  private final KafkaSource<RawRecord> kafka;
  private final C contact;

  public ContactFirst(KafkaSource<RawRecord> kafka, C contact) {
    this.kafka = kafka;
    this.contact = contact;
  }

  @Override
  public Boundedness getBoundedness() {
    return kafka.getBoundedness();
  }

  @Override
  public SourceReader<RawRecord, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    SourceReader<RawRecord, KafkaPartitionSplit> reader = kafka.createReader(context);
    // A partition that was read to its end could not be woken.
    return getBoundedness() == Boundedness.BOUNDED ? reader : new PromptReader(reader);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return new ContactingEnumerator<>(kafka.createEnumerator(context), context, contact);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint)
      throws Exception {
    SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator =
        kafka.restoreEnumerator(context, checkpoint);
    return checkpoint.initialDiscoveryFinished()
        ? enumerator
        : new ContactingEnumerator<>(enumerator, context, contact);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return kafka.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return kafka.getEnumeratorCheckpointSerializer();
  }
}
