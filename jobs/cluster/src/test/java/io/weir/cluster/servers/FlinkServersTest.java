package io.weir.cluster.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who leads, by what Flink 2.2.1 and 2.3.0 log. */
class FlinkServersTest {

  private static final String START = "INFO  Starting StandaloneSessionClusterEntrypoint (2.2.1)\n";
  private static final String GRANTED =
      "INFO  DefaultDispatcherRunner was granted leadership with leader id 1. Creating new it.\n";
  private static final String REVOKED =
      "INFO  DefaultDispatcherRunner was revoked the leadership with leader id 1. Stopping it.\n";

  @Test
  void aJobManagerLeadsFromTheGrantToTheRevocation() {
    assertThat(FlinkServers.leads(START)).isFalse();
    assertThat(FlinkServers.leads(START + GRANTED)).isTrue();
    assertThat(FlinkServers.leads(START + GRANTED + REVOKED)).isFalse();
    assertThat(FlinkServers.leads(START + GRANTED + REVOKED + GRANTED)).isTrue();
  }

  @Test
  void aJobManagerThatWasStartedAgainLeadsWhenItIsGrantedAgain() {
    assertThat(FlinkServers.leads(START + GRANTED + START)).isFalse();
    assertThat(FlinkServers.leads(START + GRANTED + START + GRANTED)).isTrue();
  }
}
