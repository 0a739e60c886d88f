package io.weir.jobs.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.jobs.launch.PreparedJob;
import io.weir.jobs.local.JobFailedException;
import io.weir.jobs.local.LocalRun;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class UnreachableKafkaTest {

  private final List<String> notes = new CopyOnWriteArrayList<>();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aJobThatNeverReachesKafkaFailsAtOnceAndSaysWhatToCheck(boolean bounded) throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String servers = "127.0.0.1:" + mute.getLocalPort();
      PreparedJob job = AnalyticsRun.prepare(folder, settings(servers, bounded));

      assertThatThrownBy(
              () -> new LocalRun(AnalyticsRun.profile(), null, notes::add).run("a", job::define))
          .isInstanceOf(JobFailedException.class)
          .hasMessageContaining("Kafka at " + servers + " could not be reached; check source.kafka")
          .hasMessageContaining("caused by org.apache.kafka.common.errors.TimeoutException");
      assertThat(notes).isEmpty();
    }
  }

  private static String settings(String servers, boolean bounded) {
    return """
    source:
      kafka:
        servers: %s
        topic: events
        format: json
        bounded: %s
        properties: {default.api.timeout.ms: 1000, request.timeout.ms: 1000}
    schema: {time: time}
    window: {tumbling: 1min}
    aggregates: {rows: count}
    sink: {print: {}}
    """
        .formatted(servers, bounded);
  }
}
