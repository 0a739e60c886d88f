package io.weir.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class EmbeddedServersIT {

  @Test
  void postgresAnswersOnTheLoopbackOnlyAndLeavesNothing() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.start();
    try (postgres;
        Connection connection = connect(postgres);
        ResultSet version = connection.createStatement().executeQuery("SHOW server_version")) {
      assertThat(version.next()).isTrue();
      assertThat(version.getString(1)).startsWith("18.");
      assertUnreachableFromOutside(postgres.port());
    }

    assertThat(postgres.folder()).doesNotExist();
    assertThatThrownBy(() -> connect(postgres).close()).isInstanceOf(SQLException.class);
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
  }

  @Test
  void twoKafkasServeSideBySideOnTheLoopbackOnlyAndLeaveNothing() throws Exception {
    List<Path> folders;
    try (EmbeddedKafka one = EmbeddedKafka.start();
        EmbeddedKafka two = EmbeddedKafka.start()) {
      folders = List.of(one.folder(), two.folder());
      assertThat(clusterId(one)).isNotEqualTo(clusterId(two));
      assertUnreachableFromOutside(one.port());
    }

    assertThat(folders).hasSize(2).allSatisfy(folder -> assertThat(folder).doesNotExist());
  }

  private static String clusterId(EmbeddedKafka kafka) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.servers()))) {
      return admin.describeCluster().clusterId().get(60, TimeUnit.SECONDS);
    }
  }

  private static void assertUnreachableFromOutside(int port) throws Exception {
    List<InetAddress> addresses =
        NetworkInterface.networkInterfaces()
            .flatMap(one -> one.getInterfaceAddresses().stream())
            .map(InterfaceAddress::getAddress)
            .filter(address -> !address.isLoopbackAddress())
            .toList();
    for (InetAddress address : addresses) {
      assertThatThrownBy(() -> new Socket(address, port).close())
          .isInstanceOf(ConnectException.class);
    }
  }
}
