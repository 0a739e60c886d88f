package io.weir.jobs.demo.balance;

import io.weir.operators.epoch.stamp.Stamp;
import io.weir.operators.epoch.verify.EpochCheck;
import io.weir.operators.epoch.verify.NoVerdictException;
import io.weir.operators.epoch.verify.StampReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic and the tables into a {@link Balance}, partition by partition: in memory are the
 * places of one partition's dead letters, and of all that was processed.
 */
public final class Audit {

  private static final int FETCH_ROWS = 10_000;
  private static final Duration POLL = Duration.ofMillis(500);

  /** So many polls in a row without a step forward mean that Kafka answers no more: 30 seconds. */
  private static final int MOST_EMPTY_POLLS = 60;

  private static final String LETTERS =
      "SELECT position, reason FROM dead_letters WHERE origin = ? ORDER BY position, reason";
  private static final String OTHER_LETTERS =
      "SELECT count(*) FROM dead_letters WHERE origin <> ALL (?)";
  private static final String ROWS = "SELECT window_start, status, requests FROM traffic";

  /** The operator that drops events, or lets them through. */
  private static final String OPERATOR = "where";

  /** Where the rows of windows are. */
  public interface Results {
    /** Tells the balance of each row that is committed. */
    void readInto(Balance balance) throws SQLException;
  }

  private final String servers;
  private final Connection database;
  private final StampReader stamps;
  private final Balance balance;
  private final ProcessedEvents processed = new ProcessedEvents();

  /**
   * Makes an audit.
   *
   * @param servers of Kafka
   * @param database not in auto-commit mode, so that all it reads is of one moment
   * @param stamps of the job that has ended
   */
  public Audit(String servers, Connection database, StampReader stamps, Balance balance) {
    this.servers = servers;
    this.database = database;
    this.stamps = stamps;
    this.balance = balance;
  }

  /**
   * Reads everything that is committed.
   *
   * @throws IllegalStateException if Kafka does not answer
   * @throws NoVerdictException if the stamps cannot be read
   */
  public Figures run(List<TopicPartition> partitions) throws SQLException, NoVerdictException {
    return run(partitions, this::readRows);
  }

  /** Reads everything that is committed, with the results from another place than the table. */
  public Figures run(List<TopicPartition> partitions, Results results)
      throws SQLException, NoVerdictException {
    readStamps();
    Map<String, Object> properties =
        Map.of("bootstrap.servers", servers, "isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      for (TopicPartition partition : partitions) {
        read(consumer, partition);
      }
    }
    balance.repeatedStamps(processed.repeated());
    balance.strayStamps(processed.untaken());
    countOtherLetters(partitions);
    results.readInto(balance);
    return balance.close(EpochCheck.of(stamps));
  }

  private void readStamps() throws NoVerdictException {
    stamps.read(
        sighting -> {
          Stamp stamp = sighting.stamp();
          if (stamp.operator().equals(OPERATOR)) {
            processed.stamped(stamp.record(), stamp.version());
          }
        });
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition)
      throws SQLException {
    String origin = partition.toString();
    Map<Long, String> letters = letters(origin);
    List<TopicPartition> alone = List.of(partition);
    consumer.assign(alone);
    consumer.seekToBeginning(alone);
    long end = consumer.endOffsets(alone).getOrDefault(partition, 0L);
    int empty = 0;
    for (long at = consumer.position(partition); at < end; ) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        long offset = record.offset();
        balance.record(record.value(), letters.remove(offset), processed.take(origin, offset));
      }
      long before = at;
      at = consumer.position(partition);
      empty = at == before ? empty + 1 : 0;
      if (empty == MOST_EMPTY_POLLS) {
        throw new IllegalStateException("Kafka stays silent at " + partition + ", offset " + at);
      }
    }
    balance.strayLetters(letters.size());
  }

  private Map<Long, String> letters(String origin) throws SQLException {
    Map<Long, String> letters = new HashMap<>();
    try (PreparedStatement statement = database.prepareStatement(LETTERS)) {
      statement.setFetchSize(FETCH_ROWS);
      statement.setString(1, origin);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          if (letters.put(rows.getLong(1), rows.getString(2)) != null) {
            balance.strayLetters(1);
          }
        }
      }
    }
    return letters;
  }

  private void countOtherLetters(List<TopicPartition> partitions) throws SQLException {
    Object[] origins = partitions.stream().map(TopicPartition::toString).toArray();
    try (PreparedStatement statement = database.prepareStatement(OTHER_LETTERS)) {
      statement.setArray(1, database.createArrayOf("text", origins));
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        balance.strayLetters(rows.getLong(1));
      }
    }
  }

  private void readRows(Balance balance) throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(ROWS)) {
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          balance.stored(rows.getTimestamp(1).getTime(), rows.getLong(2), rows.getLong(3));
        }
      }
    }
  }
}
