package io.weir.jobs.connectors;

import io.weir.jobs.encoding.JsonRowEncoder;
import io.weir.jobs.encoding.RowEncoder;
import io.weir.jobs.encoding.RowFormat;
import io.weir.operators.row.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Makes a Kafka record of a row: the key as JSON, the value in the format of the settings. */
final class KafkaSinkRecords implements KafkaRecordSerializationSchema<Row> {

  private static final long serialVersionUID = 1;

  private final String topic;
  private final RowFormat format;
  private final Table table;
  private transient @Nullable Encoders encoders;

  KafkaSinkRecords(String topic, RowFormat format, Table table) {
    this.topic = topic;
    this.format = format;
    this.table = table;
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sinkContext) {
    encoders =
        new Encoders(
            new JsonRowEncoder(table.schema(), table.key()),
            format.encoder(table.schema()),
            new ByteArrayOutputStream());
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Row row, KafkaSinkContext context, @Nullable Long timestamp) {
    if (encoders == null) {
      throw new IllegalStateException("not open");
    }
    // The row's own time stays out: Kafka deletes by it, and old rows would vanish at once.
    byte @Nullable [] key = table.key().isEmpty() ? null : encoders.encode(encoders.key(), row);
    return new ProducerRecord<>(topic, key, encoders.encode(encoders.value(), row));
  }

  private record Encoders(RowEncoder key, RowEncoder value, ByteArrayOutputStream buffer) {

    byte[] encode(RowEncoder encoder, Row row) {
      buffer.reset();
      try {
        encoder.encode(row, buffer);
      } catch (IOException e) {
        throw new UncheckedIOException("a row cannot be written: " + row, e);
      }
      return buffer.toByteArray();
    }
  }
}
