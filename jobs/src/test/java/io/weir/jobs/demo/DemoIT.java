package io.weir.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.jobs.Jobs;
import io.weir.jobs.demo.balance.Figures;
import io.weir.jobs.launch.Launcher;
import io.weir.jobs.local.BuiltStore;
import io.weir.jobs.local.FrequentCheckpoints;
import io.weir.jobs.local.JobFailedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class DemoIT {

  private static final Launcher LAUNCHER = new Launcher(Jobs.all(), name -> null);

  private final StringWriter out = new StringWriter();

  @TempDir private Path scratch;

  @Test
  void everyEventIsAccountedFor() throws Exception {
    Demo demo =
        new Demo(
            FrequentCheckpoints.profile(),
            LAUNCHER,
            BuiltStore.program(scratch),
            Duration.ofSeconds(10),
            new PrintWriter(out),
            true);

    Figures figures = demo.run();

    assertThat(figures.notes()).isEmpty();
    assertThat(figures.balances()).isTrue();
    assertThat(figures.generated()).isGreaterThan(10_000).isEqualTo(figures.inKafka());
    assertThat(figures.refused()).containsOnlyKeys("ahead", "broken", "late");
    assertThat(figures.dropped()).as("by version").containsOnlyKeys(1L, 2L);
    assertThat(figures.aggregated()).as("by version").containsOnlyKeys(1L, 2L);
    assertThat(figures.epochs().versions()).isEqualTo(2);
    assertThat(figures.storedRows()).isGreaterThan(10);
    assertThat(out.toString())
        .contains("web UI: http://127.0.0.1:", "version 2 in force on all ")
        .endsWith("It balances.\n");
  }

  @Test
  void aRowThatSomebodyDeletedIsMissed() throws Exception {
    Demo demo =
        new Demo(
            FrequentCheckpoints.profile(),
            LAUNCHER,
            BuiltStore.program(scratch),
            Duration.ofSeconds(2),
            new PlainScreen(new PrintWriter(out)),
            DemoIT::deleteOneRow);

    Figures figures = demo.run();

    assertThat(figures.lost()).isPositive();
    assertThat(figures.doubled()).isZero();
    assertThat(figures.balances()).isFalse();
    assertThat(out.toString()).endsWith("It does not balance.\n");
  }

  private static void deleteOneRow(Connection database) throws SQLException {
    try (Statement statement = database.createStatement()) {
      int rows =
          statement.executeUpdate(
              "DELETE FROM traffic WHERE ctid = (SELECT ctid FROM traffic LIMIT 1)");
      assertThat(rows).isOne();
    }
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Configuration profile = FrequentCheckpoints.profile();
      profile.setString("rest.bind-port", String.valueOf(taken.getLocalPort()));
      Demo demo =
          new Demo(
              profile,
              LAUNCHER,
              BuiltStore.program(scratch),
              Duration.ofSeconds(2),
              new PrintWriter(out),
              false);

      assertThatThrownBy(demo::run)
          .isInstanceOf(JobFailedException.class)
          .hasMessageStartingWith("Flink failed: ")
          .hasMessageContaining(String.valueOf(taken.getLocalPort()));
    }
  }
}
