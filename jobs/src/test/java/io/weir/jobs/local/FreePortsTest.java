package io.weir.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortsTest {

  @Test
  void lastingPortsAreFreeAndNeverFoundTwice() throws IOException {
    List<Integer> ports = new ArrayList<>(FreePorts.findLasting(5).ports());
    ports.addAll(FreePorts.findLasting(5).ports());

    assertThat(ports).hasSize(10).doesNotHaveDuplicates();
    for (int port : ports) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertThat(socket.isBound()).isTrue();
      }
    }
  }
}
