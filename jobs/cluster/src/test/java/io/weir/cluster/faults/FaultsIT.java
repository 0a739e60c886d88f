package io.weir.cluster.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cluster.Built;
import io.weir.cluster.Cluster;
import io.weir.cluster.ClusterSettings;
import io.weir.cluster.RecordedCluster;
import io.weir.cluster.servers.FlinkLibrary;
import io.weir.jobs.demo.balance.Figures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Two of the faults in one trial; {@code ./weir check faults} has the others. */
class FaultsIT {

  private static final String GUARANTEE = "exactly-once";
  private static final int MOST_KILLS = 10;
  private static final Duration STEADY = Duration.ofSeconds(2);

  private interface Work {
    void on(Cluster cluster, FaultCheck check) throws Exception;
  }

  @Test
  void nothingIsLostOrDoubledWhenATaskManagerAndTheLeadingStoreNodeAreKilled() throws Exception {
    run(
        (cluster, check) -> {
          Faults faults = new Faults(cluster, RandomGenerator.getDefault());
          try (Trial trial = check.start(GUARANTEE)) {
            Recovery first = check.breakAndMend(trial, faults.taskManagerKilled());
            check.breakAndMend(trial, faults.storeLeaderKilled());
            trial.finish();

            Figures figures = trial.account();

            assertThat(figures.balances()).as(String.join("\n", figures.lines())).isTrue();
            assertThat(figures.epochs().versions()).isGreaterThan(2);
            assertThat(first.restored()).isPositive();
            assertThatTheAccountSeesWhatIsMissingAndWhatIsTooMuch(cluster, trial, figures);
          }
        });
  }

  /** The control: an account that nothing can disturb would prove nothing. */
  private static void assertThatTheAccountSeesWhatIsMissingAndWhatIsTooMuch(
      Cluster cluster, Trial trial, Figures figures) throws Exception {
    long letters;
    try (Connection database = cluster.postgres().connect(trial.name());
        Statement statement = database.createStatement()) {
      letters = statement.executeUpdate("DELETE FROM dead_letters WHERE reason = 'broken'");
    }
    repeatAResult(cluster.kafka().servers(), trial.resultPartitions());

    Figures spoiled = trial.account();

    assertThat(letters).isPositive();
    assertThat(spoiled.lost()).isEqualTo(letters);
    assertThat(spoiled.doubled()).isPositive();
    assertThat(figures.refused()).containsEntry("broken", letters);
  }

  private static void repeatAResult(String servers, List<TopicPartition> results) throws Exception {
    try (ResultRows rows = new ResultRows(servers, results);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", servers),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      ConsumerRecord<byte[], byte[]> row = rows.next();
      producer.send(new ProducerRecord<>(row.topic(), row.value())).get();
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "weir.soak", matches = "true", disabledReason = "takes minutes")
  void resultsThatAreOnlyAtLeastOnceAreDoubledByTheSameFault() throws Exception {
    run(
        (cluster, check) -> {
          try (Trial trial = check.start("at-least-once")) {
            killUntilAResultIsRepeated(cluster, check, trial);
            trial.finish();

            Figures figures = trial.account();

            assertThat(figures.doubled()).as(String.join("\n", figures.lines())).isPositive();
            assertThat(figures.lost()).isZero();
          }
        });
  }

  /** A kill repeats something only if a window was closed since the last checkpoint. */
  private static void killUntilAResultIsRepeated(Cluster cluster, FaultCheck check, Trial trial)
      throws Exception {
    Faults faults = new Faults(cluster, RandomGenerator.getDefault());
    try (ResultRows rows = new ResultRows(cluster.kafka().servers(), trial.resultPartitions())) {
      for (int kill = 0; kill < MOST_KILLS && !rows.isAnyRepeated(); kill++) {
        rows.readAll();
        var unused = rows.next();
        check.breakAndMend(trial, faults.taskManagerKilled());
        rows.readAll();
      }
    }
  }

  private static void run(Work work) throws Exception {
    Path target = Files.createDirectories(Path.of("target"));
    Path home = Files.createTempDirectory(target.toRealPath(), "faults-");
    FlinkLibrary flink = Built.libraries().get(0);
    ClusterSettings settings =
        new ClusterSettings(
            Built.project(),
            home.resolve("cluster"),
            flink,
            Built.jobJar(),
            Built.storeClassPath(home),
            Map.of());
    try (Cluster cluster = Cluster.start(settings);
        FaultCheck check = new FaultCheck(cluster, 1, line -> {}, STEADY)) {
      work.on(cluster, check);
    }
    // Logs stay where something failed.
    RecordedCluster.remove(home);
  }
}
