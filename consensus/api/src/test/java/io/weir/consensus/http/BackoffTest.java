package io.weir.consensus.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Random random = new Random(1);
  private final Backoff backoff = new Backoff(() -> random, 500);

  private LongStream delays(int failures) {
    return LongStream.generate(() -> backoff.millisAfter(failures)).limit(1_000);
  }

  @Test
  void triesAgainSoonAfterTheFirstFailure() {
    assertThat(delays(1)).allMatch(millis -> millis >= 25 && millis <= 50);
  }

  @Test
  void doublesUpToItsMost() {
    assertThat(delays(3)).allMatch(millis -> millis >= 100 && millis <= 200);
    assertThat(delays(5)).allMatch(millis -> millis >= 250 && millis <= 500);
    assertThat(delays(1_000_000)).allMatch(millis -> millis >= 250 && millis <= 500);
  }

  @Test
  void differsBetweenClients() {
    assertThat(delays(2).distinct().count()).isGreaterThan(20);
  }
}
