package io.weir.jobs.input;

import io.weir.jobs.formats.FormatSettings;
import io.weir.jobs.formats.TimeSettings;
import io.weir.jobs.input.kafka.ContactFirst;
import io.weir.jobs.input.kafka.KafkaContact;
import io.weir.jobs.input.kafka.KafkaRecords;
import io.weir.jobs.settings.Section;
import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.ClockedSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/**
 * Topics of Kafka, each partition an origin.
 *
 * @param servers {@code host:port}, several with commas
 * @param topics at least one
 * @param group the consumer group that positions are committed to, for monitoring; what counts are
 *     the positions in the job's checkpoints
 * @param start where a job without a checkpoint begins
 * @param bounded whether the job ends where the topics ended when it began
 * @param properties the consumer's own; they win over the defaults here
 */
record KafkaSourceSettings(
    String servers,
    List<String> topics,
    String group,
    Start start,
    boolean bounded,
    Map<String, String> properties)
    implements SourceSettings {

  /** Where a job without a checkpoint begins. */
  enum Start {
    EARLIEST,
    LATEST,
    /** Where the group stands; at the earliest record where it has not been. */
    COMMITTED
  }

  // Records of transactions that are open or were aborted are nobody's business.
  private static final Map<String, String> DEFAULTS = Map.of("isolation.level", "read_committed");

  static KafkaSourceSettings read(Section section) {
    List<String> topics = section.texts("topic");
    if (topics.isEmpty()) {
      section.problem("topic", "is missing");
    }
    Map<String, String> properties = section.properties("properties");
    if (properties.containsKey("bootstrap.servers") || properties.containsKey("group.id")) {
      section.problem(
          "properties", "bootstrap.servers and group.id are not free here; use servers and group");
    }
    return new KafkaSourceSettings(
        section.text("servers"),
        topics,
        section.text("group", "weir"),
        section.choice("start", Start.class, Start.EARLIEST),
        section.flag("bounded", false),
        properties);
  }

  @Override
  public FormatSettings format(Section section, Section job) {
    return FormatSettings.read(section, job, null);
  }

  @Override
  public boolean canFallSilent() {
    return true;
  }

  @Override
  public ClockedSource<?, ?> source(FormatSettings format, TimeSettings time) {
    Properties consumer = new Properties();
    consumer.putAll(DEFAULTS);
    consumer.putAll(properties);
    KafkaSourceBuilder<RawRecord> builder =
        KafkaSource.<RawRecord>builder()
            .setProperties(consumer)
            .setBootstrapServers(servers)
            .setTopics(topics)
            .setGroupId(group)
            .setStartingOffsets(offsets())
            .setDeserializer(new KafkaRecords());
    if (bounded) {
      builder.setBounded(OffsetsInitializer.latest());
    }
    KafkaContact contact = new KafkaContact(servers, properties);
    return new ClockedSource<>(new ContactFirst<>(builder.build(), contact));
  }

  @SuppressWarnings("deprecation") // The connector takes no other OffsetResetStrategy.
  private OffsetsInitializer offsets() {
    return switch (start) {
      case EARLIEST -> OffsetsInitializer.earliest();
      case LATEST -> OffsetsInitializer.latest();
      case COMMITTED ->
          OffsetsInitializer.committedOffsets(
              org.apache.kafka.clients.consumer.OffsetResetStrategy.EARLIEST);
    };
  }

  /** Without the properties: a password may be among them. */
  @Override
  public String toString() {
    return "Kafka topics " + topics + " at " + servers;
  }
}
