package io.weir.jobs.input.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class KafkaContactTest {

  @Test
  void aServerThatDoesNotAnswerIsNamedWithWhatToCheck() throws IOException {
    // Takes connections and says nothing.
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String servers = "127.0.0.1:" + mute.getLocalPort();
      KafkaContact contact =
          new KafkaContact(
              servers,
              Map.of("default.api.timeout.ms", "1000", "request.timeout.ms", "1000", "foo", "1"));

      assertThatThrownBy(contact::call)
          .isInstanceOf(NoContactException.class)
          .hasMessageContainingAll(
              "Kafka at " + servers + " could not be reached",
              "check source.kafka.servers",
              "security.protocol")
          .hasCauseInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void aClientThatCannotBeMadeIsAnswerEnough() {
    KafkaContact contact = new KafkaContact("127.0.0.1:9", Map.of("security.protocol", "nonsense"));

    assertThatThrownBy(contact::call)
        .isInstanceOf(NoContactException.class)
        .hasRootCauseInstanceOf(ConfigException.class);
  }
}
