package io.weir.jobs.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.jobs.launch.Launcher;
import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.launch.SettingsOptions;
import io.weir.jobs.local.LocalCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A job that knows a password of Kafka, one of PostgreSQL and a token keeps them to itself. */
@Timeout(180)
class SecretsTest {

  private static final Map<String, String> SECRETS =
      Map.of(
          "KAFKA_PASSWORD", "kafka-3f9a1c77",
          "PGPASSWORD", "postgres-8b20de41",
          "WEIR_TOKEN", "token-c46f0e92");

  private static final List<String> PAGES =
      List.of(
          "/config",
          "/jobmanager/config",
          "/jobmanager/environment",
          "/jobs/overview",
          "/jobs/ID",
          "/jobs/ID/config",
          "/jobs/ID/plan",
          "/jobs/ID/exceptions",
          "/jobs/ID/checkpoints/config");

  @TempDir private Path folder;

  private final Memory log = new Memory();

  /** All log lines, at INFO and above, whatever the tests' own configuration leaves out. */
  private static final class Memory extends AbstractAppender {

    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

    Memory() {
      super(
          "memory",
          null,
          PatternLayout.newBuilder().withPattern("%c %m%n%throwable").build(),
          false,
          Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      lines.add(String.valueOf(getLayout().toSerializable(event)));
    }
  }

  private static LoggerContext context() {
    return (LoggerContext) LogManager.getContext(false);
  }

  @BeforeEach
  void listen() {
    log.start();
    context().getConfiguration().getLoggers().values().forEach(each -> each.setLevel(Level.INFO));
    context().getConfiguration().getRootLogger().addAppender(log, Level.INFO, null);
    context().updateLoggers();
  }

  @AfterEach
  void stopListening() {
    context().getConfiguration().getRootLogger().removeAppender(log.getName());
    context().reconfigure();
  }

  /** With nobody at any of its addresses: what fails says most. */
  private PreparedJob prepare() throws Exception {
    Path trust = Files.writeString(folder.resolve("authority.pem"), anyCertificate());
    Path file =
        Files.writeString(
            folder.resolve("settings.yaml"),
            """
            source:
              kafka:
                servers: 127.0.0.1:1
                topic: events
                format: json
                properties:
                  default.api.timeout.ms: 2000
                  request.timeout.ms: 1000
                  security.protocol: SASL_PLAINTEXT
                  sasl.mechanism: PLAIN
                  sasl.jaas.config: >-
                    org.apache.kafka.common.security.plain.PlainLoginModule required
                    username="weir" password="${KAFKA_PASSWORD}";
            schema: {time: time, status: long}
            time: {field: time}
            group-by: [status]
            window: {tumbling: 1min}
            aggregates: {requests: count}
            sink:
              postgres:
                url: jdbc:postgresql://127.0.0.1:1/weir
                user: weir
                password: ${PGPASSWORD}
                table: traffic
            dead-letters:
              kafka:
                servers: 127.0.0.1:1
                topic: dead
                properties:
                  security.protocol: SASL_PLAINTEXT
                  sasl.mechanism: PLAIN
                  sasl.jaas.config: >-
                    org.apache.kafka.common.security.plain.PlainLoginModule required
                    username="weir" password="${KAFKA_PASSWORD}";
            store: {nodes: ["https://127.0.0.1:1"], trust: "%s", token: "${WEIR_TOKEN}"}
            """
                .formatted(trust));
    return new Launcher(List.of(new AnalyticsJob()), SECRETS::get)
        .prepare(
            AnalyticsJob.NAME,
            CommandLine.populateCommand(new SettingsOptions(), "--settings", file.toString()));
  }

  /** One that this Java trusts. */
  private static String anyCertificate() throws Exception {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    for (TrustManager each : factory.getTrustManagers()) {
      if (each instanceof X509TrustManager trust && trust.getAcceptedIssuers().length > 0) {
        return "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(trust.getAcceptedIssuers()[0].getEncoded())
            + "\n-----END CERTIFICATE-----\n";
      }
    }
    throw new IllegalStateException("this Java trusts nobody");
  }

  private static Configuration profile() {
    Configuration profile = AnalyticsRun.profile();
    profile.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return profile;
  }

  private static String get(URI address, String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString())
        .body();
  }

  @Test
  void doNotGetIntoPlansLogsOrTheWebInterface() throws Exception {
    PreparedJob job = prepare();
    Map<String, String> seen = new LinkedHashMap<>();
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(profile());
    job.define(env);
    seen.put("plan", env.getExecutionPlan());
    seen.put("job", job.toString());

    try (LocalCluster cluster = LocalCluster.start(profile())) {
      JobClient running = cluster.submit("secrets", job::define);
      String id = running.getJobID().toString();
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> running.getJobStatus().get().isGloballyTerminalState());
      for (String page : PAGES) {
        seen.put(page, get(cluster.address(), page.replace("ID", id)));
      }
    }
    seen.put("log", String.join("", new ArrayList<>(log.lines)));

    // What is looked at would show them, if it could: Kafka writes its configuration down.
    // Neither Kafka nor PostgreSQL is there: the job ends with whichever it misses first.
    assertThat(seen.get("log"))
        .contains("sasl.jaas.config = [hidden]")
        .containsAnyOf(
            "Kafka at 127.0.0.1:1 could not be reached",
            "cannot use jdbc:postgresql://127.0.0.1:1/weir");
    assertThat(Objects.requireNonNull(seen.get("/jobs/ID/exceptions"))).contains("127.0.0.1:1");
    assertThat(seen.get("/jobs/ID/plan")).contains("pre-aggregate");
    seen.forEach(
        (where, text) ->
            SECRETS.values().forEach(secret -> assertThat(text).as(where).doesNotContain(secret)));
  }
}
