package io.weir.jobs.analytics;

import io.weir.jobs.local.EmbeddedKafka;
import io.weir.jobs.local.EmbeddedPostgres;
import io.weir.jobs.local.LocalCluster;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.WebOptions;

/** Kafka, PostgreSQL and a Flink that makes no checkpoint unasked. */
record Servers(EmbeddedKafka kafka, EmbeddedPostgres postgres, LocalCluster flink)
    implements AutoCloseable {

  static Servers start() throws Exception {
    EmbeddedKafka kafka = EmbeddedKafka.start();
    EmbeddedPostgres postgres = EmbeddedPostgres.start();
    return new Servers(kafka, postgres, LocalCluster.start(profile()));
  }

  private static Configuration profile() {
    Configuration profile = AnalyticsRun.profile();
    profile.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofHours(1));
    profile.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(10));
    // What the REST API answers is a copy as old as this.
    profile.set(WebOptions.REFRESH_INTERVAL, Duration.ofMillis(50));
    return profile;
  }

  Connection connect() throws Exception {
    return DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
  }

  @Override
  public void close() throws IOException {
    try (postgres;
        kafka) {
      flink.close();
    }
  }
}
