package io.weir.jobs.demo;

import io.weir.consensus.Change;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.Proposal;
import io.weir.jobs.analytics.AnalyticsRules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The first version of the analytics job's live configuration: {@code rules.yaml}, and its schema.
 */
final class SeededRules {

  static final String JOB = "analytics";

  private static final Duration TICK = Duration.ofMillis(50);

  private final ConfigurationStore store;
  private final Stop stop;

  SeededRules(ConfigurationStore store, Stop stop) {
    this.store = store;
    this.stop = stop;
  }

  /** Registers the schema, then makes version 1; waits for the store as long as its client does. */
  void seed() throws IOException, ExecutionException, InterruptedException {
    await(store.registerSchema(JOB, AnalyticsRules.schema()));
    Change document = new Change.Set(document());
    await(store.propose(Proposal.of(JOB, 0, document, "demo", "what the demo starts with")));
  }

  static String document() throws IOException {
    try (InputStream in = SeededRules.class.getResourceAsStream("rules.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void await(CompletableFuture<?> answer) throws ExecutionException, InterruptedException {
    while (!answer.isDone()) {
      stop.pause(TICK);
    }
    answer.get();
  }
}
