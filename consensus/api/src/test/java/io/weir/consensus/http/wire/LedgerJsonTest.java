package io.weir.consensus.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.LedgerEntry.Outcome;
import io.weir.consensus.StoreException.InvalidRequest;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerJsonTest {

  private static ObjectNode at(Instant time) {
    return LedgerJson.write(
        new LedgerEntry("shop", "run", 4, 1, "", time, 2, Outcome.IN_FORCE, ""));
  }

  @Test
  void keepsTimesToTheMillisecond() {
    Instant time = Instant.parse("2026-01-31T12:00:00.123456789Z");

    LedgerEntry entry = LedgerJson.readRequest("shop", at(time));

    assertThat(entry.time()).isEqualTo(Instant.parse("2026-01-31T12:00:00.123Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"yesterday", "+1000000000-12-31T23:59:59Z", "-1000000000-01-01T00:00:00Z"})
  void refusesATimeThatMillisecondsCannotCount(String time) {
    ObjectNode json = at(Instant.EPOCH).put("time", time);

    assertThatThrownBy(() -> LedgerJson.readRequest("shop", json))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("field 'time' must be a time such as");
  }
}
