package io.weir.jobs.monitoring;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.Change;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.LedgerEntry.Outcome;
import io.weir.consensus.Proposal;
import io.weir.consensus.http.HttpStore;
import io.weir.jobs.local.BuiltStore;
import io.weir.jobs.local.EmbeddedKafka;
import io.weir.jobs.local.EmbeddedPostgres;
import io.weir.jobs.local.EmbeddedStore;
import io.weir.jobs.local.FrequentCheckpoints;
import io.weir.jobs.local.LocalCluster;
import io.weir.jobs.monitoring.alerts.RulesDocument;
import io.weir.operators.epoch.verify.EpochCheck;
import io.weir.operators.epoch.verify.StampFolder;
import io.weir.operators.epoch.verify.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spans from Kafka, rules from a store of three nodes, alerts in PostgreSQL. */
@Timeout(300)
class LiveMonitoringIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String JOB = "shop-watch";
  private static final String TOPIC = "spans";
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final int CALLS = 20;

  @TempDir private Path folder;

  private final Spans spans = new Spans();

  @Test
  void alertsFollowTheRuleInForceFromKafkaToPostgres() throws Exception {
    try (EmbeddedStore nodes = EmbeddedStore.start(BuiltStore.program(folder));
        EmbeddedKafka kafka = EmbeddedKafka.start();
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        HttpStore store = nodes.connect();
        KafkaProducer<String, String> out = producer(kafka);
        LocalCluster cluster = LocalCluster.start(FrequentCheckpoints.profile())) {
      store.jobs().get(90, SECONDS);
      minute(out, 0, 0);
      JobClient job = start(cluster, nodes, kafka, postgres);
      awaitLedger(store, Outcome.IN_FORCE, 1);

      minute(out, 1, 6);
      minute(out, 2, 0);
      minute(out, 3, 0);
      awaitAlerts(postgres, 2);
      propose(store, 1, rules(10));
      awaitLedger(store, Outcome.IN_FORCE, 2);
      minute(out, 4, 8);
      minute(out, 5, 12);
      minute(out, 6, 12);
      minute(out, 7, 0);
      awaitAlerts(postgres, 3);
      propose(store, 2, rules(10) + rules(10).replace("rules:\n", ""));
      awaitLedger(store, Outcome.REFUSED, 3);
      propose(store, 3, "rules: []");
      awaitLedger(store, Outcome.IN_FORCE, 4);
      minute(out, 8, 12);
      minute(out, 9, 0);
      awaitAlerts(postgres, 4);
      propose(store, 4, RulesDocument.defaults());
      awaitLedger(store, Outcome.IN_FORCE, 5);
      job.cancel().get();

      assertThat(alerts(postgres))
          .containsExactly(
              "10:02 errors shop firing 6 v1 since 1",
              "10:03 errors shop resolved 0 v1 since 1",
              "10:06 errors shop firing 12 v2 since 2",
              "10:08 errors shop resolved null v4 since 2");
      assertStampsAreAccepted();
    }
  }

  private static String rules(int errors) {
    return """
        rules:
          - {name: errors, service: "sh?p", metric: errors, comparison: ">", threshold: %d}
        """
        .formatted(errors);
  }

  private JobClient start(
      LocalCluster cluster, EmbeddedStore nodes, EmbeddedKafka kafka, EmbeddedPostgres postgres)
      throws Exception {
    Path initial = Files.writeString(folder.resolve("rules.yaml"), rules(5));
    String yaml =
        """
        name: %s
        store: {file: "%s"}
        initial-configuration: "%s"
        source: {kafka: {servers: "%s", topic: %s, format: otlp-json}}
        time: {lateness: 1s, hold: {rows: 8}}
        stamp: true
        stamp-folder: "%s"
        sink: {postgres: {url: "%s", user: %s}}
        """
            .formatted(
                JOB,
                nodes.clientFile(),
                initial,
                kafka.servers(),
                TOPIC,
                folder.resolve("stamps"),
                postgres.url(),
                postgres.user());
    var prepared = new MonitoringRun(folder).prepareWhole(yaml);
    return cluster.submit(
        "monitoring",
        env -> {
          env.setParallelism(1);
          prepared.define(env);
        });
  }

  private static KafkaProducer<String, String> producer(EmbeddedKafka kafka) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.servers()),
        new StringSerializer(),
        new StringSerializer());
  }

  /** A minute of the shop, in which so many of the calls fail. */
  private void minute(KafkaProducer<String, String> out, int minute, int errors) {
    for (int call = 0; call < CALLS; call++) {
      Instant end = START.plusSeconds(60L * minute + 2L * call + 10);
      var unused =
          out.send(
              new ProducerRecord<>(TOPIC, 0, null, spans.line("shop", end, 20, call < errors)));
    }
    out.flush();
  }

  private static void propose(HttpStore store, long expected, String document) throws Exception {
    store
        .propose(Proposal.of(JOB, expected, new Change.Set(document), "test", ""))
        .get(30, SECONDS);
  }

  private static void awaitLedger(HttpStore store, Outcome outcome, long version) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> store.ledger(JOB).get(30, SECONDS).stream().anyMatch(is(outcome, version)));
  }

  private static Predicate<LedgerEntry> is(Outcome outcome, long version) {
    return entry -> entry.outcome() == outcome && entry.version() == version;
  }

  private static void awaitAlerts(EmbeddedPostgres postgres, int count) {
    await().atMost(PATIENCE).ignoreExceptions().until(() -> alerts(postgres).size() >= count);
  }

  private static List<String> alerts(EmbeddedPostgres postgres) throws Exception {
    List<String> alerts = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT to_char(at AT TIME ZONE 'UTC', 'HH24:MI'), rule, service, state, value,
                  version, since_version
                FROM alerts ORDER BY at, state
                """)) {
      while (row.next()) {
        alerts.add(
            "%s %s %s %s %s v%d since %d"
                .formatted(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getLong(6),
                    row.getLong(7)));
      }
    }
    return alerts;
  }

  private void assertStampsAreAccepted() throws Exception {
    Verdict verdict = EpochCheck.of(StampFolder.open(folder.resolve("stamps")));

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.isAccepted()).isTrue();
    assertThat(verdict.versions()).isEqualTo(3);
  }
}
