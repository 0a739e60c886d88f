package io.weir.jobs.connectors;

import io.weir.jobs.encoding.RowFormat;
import io.weir.jobs.settings.Section;
import io.weir.operators.row.Row;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;

/**
 * Rows as the values of Kafka records, keyed by the table's key as JSON. With exactly-once, readers
 * must use {@code isolation.level: read_committed}.
 *
 * @param servers {@code host:port}, several with commas
 * @param transactionalIdPrefix must differ from that of every other sink of the Kafka cluster, and
 *     stay the same over restarts
 * @param properties the producer's own; they win over the defaults here. {@code
 *     transaction.timeout.ms} (14 minutes) must be longer than the time between checkpoints and the
 *     longest outage together, or the rows of a completed checkpoint are lost; brokers refuse more
 *     than their {@code transaction.max.timeout.ms} (15 minutes)
 */
public record KafkaSinkSettings(
    String servers,
    String topic,
    Guarantee guarantee,
    String transactionalIdPrefix,
    RowFormat format,
    Map<String, String> properties)
    implements SinkSettings {

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "transaction.timeout.ms", "840000",
          "compression.type", "lz4",
          // The broker's limit counts after compression; this one before it.
          "max.request.size", "16777216",
          "linger.ms", "20");

  /** Brokers take 1,048,588 bytes unless told otherwise; the key and the record's frame count. */
  private static final int MOST_ROW_BYTES = 1_000_000;

  private static final Map<String, String> RESERVED =
      Map.of(
          "bootstrap.servers", "servers",
          "transactional.id", "transactional-id-prefix",
          "key.serializer", "format",
          "value.serializer", "format");

  public KafkaSinkSettings {
    properties = Map.copyOf(properties);
  }

  static KafkaSinkSettings read(Section section, String owner, List<RowFormat> formats) {
    Map<String, String> properties = section.properties("properties");
    RESERVED.forEach(
        (property, key) -> {
          if (properties.containsKey(property)) {
            section.problem("properties", property + " is not free here; use " + key);
          }
        });
    return new KafkaSinkSettings(
        section.text("servers"),
        section.text("topic"),
        section.choice("guarantee", Guarantee.class, Guarantee.EXACTLY_ONCE),
        section.text("transactional-id-prefix", "weir-" + owner),
        SinkSettings.readFormat(section, formats),
        properties);
  }

  @Override
  public int mostRowBytes() {
    return MOST_ROW_BYTES;
  }

  /** A topic with that name behind a dot. */
  @Override
  public KafkaSinkSettings part(String name) {
    return new KafkaSinkSettings(
        servers,
        topic + "." + name,
        guarantee,
        transactionalIdPrefix + "-" + name,
        format,
        properties);
  }

  @Override
  public Sink<Row> sink(Table table) {
    Properties producer = new Properties();
    producer.putAll(DEFAULTS);
    producer.putAll(properties);
    KafkaSinkBuilder<Row> builder =
        KafkaSink.<Row>builder()
            .setKafkaProducerConfig(producer)
            .setBootstrapServers(servers)
            .setRecordSerializer(new KafkaSinkRecords(topic, format, table));
    return guarantee == Guarantee.EXACTLY_ONCE
        ? builder
            .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
            .setTransactionalIdPrefix(transactionalIdPrefix)
            .build()
        : builder.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE).build();
  }

  /** Without the properties: a password may be among them. */
  @Override
  public String toString() {
    return "Kafka topic " + topic + " at " + servers;
  }
}
