package io.weir.operators.epoch;

import org.apache.flink.runtime.io.network.api.writer.SubtaskStateMapper;
import org.apache.flink.runtime.plugable.SerializationDelegate;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.transformations.PartitionTransformation;
import org.apache.flink.streaming.runtime.partitioner.StreamPartitioner;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Sends numbers to other subtasks under each version. Whatever is chained in front of it says which
 * one is in force: both run in the task's thread.
 */
final class ByVersion extends StreamPartitioner<RoutedNumber> {

  private static final long serialVersionUID = 1;
  private static final ThreadLocal<Long> VERSION = new ThreadLocal<>();

  static void use(long version) {
    VERSION.set(version);
  }

  static DataStream<RoutedNumber> route(DataStream<RoutedNumber> numbers) {
    return new DataStream<>(
        numbers.getExecutionEnvironment(),
        new PartitionTransformation<>(numbers.getTransformation(), new ByVersion()));
  }

  @Override
  public int selectChannel(SerializationDelegate<StreamRecord<RoutedNumber>> record) {
    RoutedNumber number = record.getInstance().getValue();
    number.routed = VERSION.get();
    return (int) ((number.id + number.routed) % numberOfChannels);
  }

  @Override
  public StreamPartitioner<RoutedNumber> copy() {
    return new ByVersion();
  }

  @Override
  public boolean isPointwise() {
    return false;
  }

  @Override
  public SubtaskStateMapper getDownstreamSubtaskStateMapper() {
    return SubtaskStateMapper.ROUND_ROBIN;
  }

  @Override
  public String toString() {
    return "BY_VERSION";
  }
}
