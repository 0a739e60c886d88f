package io.weir.consensus.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.server.node.ClusterFolder;
import io.weir.consensus.server.node.NodeSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ExitCode;

class NodeRunTest {

  @TempDir private Path folder;

  private final StringWriter err = new StringWriter();

  /** As where a library is missing: the process must end, whatever threads have begun by then. */
  @Test
  void endsWith1AndTheReasonAtWhateverErrorItsStartMeets() throws Exception {
    ClusterFolder files = new ClusterFolder(folder, 1);
    files.prepare();
    UnaryOperator<NodeSettings> failing =
        settings -> {
          throw new NoClassDefFoundError("of a library");
        };

    int status =
        NodeRun.of(
            files.settings("n1"),
            failing,
            false,
            new PrintWriter(new StringWriter()),
            new PrintWriter(err));

    assertThat(status).isEqualTo(ExitCode.SOFTWARE);
    assertThat(err.toString())
        .contains("n1.yaml cannot start", "NoClassDefFoundError: of a library");
  }
}
