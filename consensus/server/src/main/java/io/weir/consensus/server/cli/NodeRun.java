package io.weir.consensus.server.cli;

import io.weir.consensus.server.lifecycle.StartRefused;
import io.weir.consensus.server.node.ConfigurationNode;
import io.weir.consensus.server.node.InvalidNodeSettings;
import io.weir.consensus.server.node.NodeFile;
import io.weir.consensus.server.node.NodeProcess;
import io.weir.consensus.server.node.NodeSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;

/** A node in this process, from its start until the process is told to end. */
public final class NodeRun {

  private static final Logger LOG = LoggerFactory.getLogger(NodeRun.class);

  private NodeRun() {}

  /**
   * The program that a cluster's child processes are: {@code weir server --config FILE
   * --until-input-ends} without a command line to be taken apart, which is a sixth of the processor
   * time of a start.
   *
   * @param arguments the node's settings file
   */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(Path.of(arguments[0]), out, err));
  }

  private static int run(Path file, PrintWriter out, PrintWriter err) {
    try {
      return of(file, UnaryOperator.identity(), true, out, err);
    } catch (IOException e) {
      err.println("weir: " + e);
      return ExitCode.SOFTWARE;
    }
  }

  /**
   * Returns the exit code.
   *
   * @param settled makes the settings of the file those that hold
   */
  static int of(
      Path file,
      UnaryOperator<NodeSettings> settled,
      boolean untilInputEnds,
      PrintWriter out,
      PrintWriter err)
      throws IOException {
    try {
      NodeSettings settings = settled.apply(NodeFile.read(file));
      try (Ending ending = Ending.install(untilInputEnds);
          ConfigurationNode node = ConfigurationNode.start(settings)) {
        String host = settings.front().listen().getHostString();
        out.println(
            settings.node() + NodeProcess.ANSWERS_AT + "https://" + host + ":" + node.port());
        out.flush();
        boolean unused = ending.await(() -> true);
      }
      return ExitCode.OK;
    } catch (InvalidNodeSettings | StartRefused | IllegalArgumentException e) {
      err.println("weir: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      // Not caught, it would end this thread alone: the process would stay, for others have begun.
      LOG.error("The node of {} cannot start", file, e);
      err.println("weir: the node of " + file + " cannot start: " + e);
    }
    return ExitCode.SOFTWARE;
  }
}
