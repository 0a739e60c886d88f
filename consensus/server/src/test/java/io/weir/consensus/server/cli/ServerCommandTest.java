package io.weir.consensus.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.server.node.NodeFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

class ServerCommandTest {

  @TempDir private Path temp;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine weir = ConsensusCommand.commandLine();
    weir.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return weir.execute(arguments);
  }

  @Test
  void preparesAFolderForNodesThatAreRunOneByOne() throws Exception {
    int status = run("server", "--cluster", "3", "--data", temp.toString(), "--prepare");

    assertThat(status).isEqualTo(ExitCode.OK);
    assertThat(NodeFile.read(temp.resolve("n3.yaml")).node()).isEqualTo("n3");
    assertThat(temp.resolve("store.yaml")).exists();
    assertThat(temp.resolve("n1.log")).doesNotExist();
    assertThat(out.toString()).contains(temp.toString());
  }

  @Test
  void preparingGoesWithAClusterAlone() {
    int status = run("server", "--config", "n1.yaml", "--prepare");

    assertThat(status).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--prepare goes with --cluster");
  }

  @Test
  void refusesAClusterInWhichAMajorityMayBeMissing() {
    int status = run("server", "--cluster", "2", "--data", temp.toString());

    assertThat(status).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("1, 3, 5 or 7");
  }

  @ParameterizedTest
  @CsvSource({
    "server --config n1.yaml --data folder, --data goes with --cluster",
    "server --config n1.yaml --node n1, --node and --host go with --init-certificates",
    "server --cluster 3 --host store.example, --node and --host go with --init-certificates",
    "server --init-certificates c --node n1 --algorithm paxos, --algorithm goes with --config"
  })
  void refusesAnOptionThatWouldBePassedOver(String line, String says) {
    int status = run(line.split(" ", -1));

    assertThat(status).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains(says);
  }
}
