package io.weir.jobs.input.kafka;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.ForwardingReader;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * A reader of topics without end, which commits to Kafka what a checkpoint covers as soon as the
 * checkpoint is complete. By itself Kafka's reader does so when its consumer comes back from a
 * poll: where there are no more records, up to ten seconds later.
 *
 * <p>It wakes the consumer only for what it has not committed yet. The connector bears one waking
 * while the consumer looks for its position, as it does when another broker takes a partition over,
 * and fails with the second one: a checkpoint after the other would end such a search.
 */
@SuppressWarnings("try") // close() throws what Flink lets it throw.
final class PromptReader extends ForwardingReader<KafkaPartitionSplit, KafkaPartitionSplit> {

  private final Set<String> splits = new TreeSet<>();

  /** Whether something was read since the last snapshot. */
  private boolean moved;

  /** The newest checkpoint that covers more than the one before it. */
  private long newest = -1;

  /** The newest checkpoint that was completed when the consumer was woken. */
  private long woken = -1;

  PromptReader(SourceReader<RawRecord, KafkaPartitionSplit> reader) {
    super(reader);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<RawRecord> output) throws Exception {
    InputStatus status = super.pollNext(output);
    // What Kafka's reader answers behind every record.
    moved |= status == InputStatus.MORE_AVAILABLE;
    return status;
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    if (moved) {
      newest = checkpointId;
      moved = false;
    }
    return reader().snapshotState(checkpointId);
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> added) {
    added.forEach(split -> splits.add(split.splitId()));
    moved = true;
    reader().addSplits(added);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    if (newest > woken) {
      // None is paused, as no watermarks are aligned here: all that this does is to wake the
      // consumer.
      pauseOrResumeSplits(Set.of(), splits);
      woken = checkpointId;
    }
  }
}
