package io.weir.consensus.server.cli;

import io.weir.consensus.server.certificates.CertificateMaker;
import io.weir.consensus.server.node.Algorithm;
import io.weir.consensus.server.node.ClusterFolder;
import io.weir.consensus.server.node.NodeSettings;
import io.weir.consensus.server.node.ProcessCluster;
import io.weir.consensus.server.node.Rehearsal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir server}: nodes of the configuration store, and what they need. */
@Command(
    name = "server",
    description = {
      "Runs a node of the configuration store, until it is told to end:",
      "  weir server --config node.yaml",
      "Runs a whole cluster on this machine, in a folder that is made at the first start:",
      "  weir server --cluster 3 --data DIR [--algorithm paxos]",
      "Makes authorities, certificates and tokens for trying things:",
      "  weir server --init-certificates DIR --node n1 --node n2 --node n3"
    })
final class ServerCommand implements Callable<Integer> {

  @Option(names = "--config", paramLabel = "<file>", description = "A node's settings.")
  private Optional<Path> config = Optional.empty();

  @Option(names = "--cluster", paramLabel = "<nodes>", description = "1, 3, 5 or 7 nodes.")
  private Optional<Integer> cluster = Optional.empty();

  @Option(names = "--data", paramLabel = "<folder>", description = "Where the cluster lives.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--prepare",
      description = "Makes the cluster's folder, whose nodes --config runs one by one, and ends.")
  private boolean prepare;

  @Option(
      names = "--algorithm",
      paramLabel = "<name>",
      description = "How the nodes agree: raft or paxos; raft unless the settings say otherwise.")
  private Optional<String> algorithm = Optional.empty();

  @Option(
      names = "--init-certificates",
      paramLabel = "<folder>",
      description = "Where they are written; what is there already is not overwritten.")
  private Optional<Path> certificates = Optional.empty();

  @Option(names = "--node", paramLabel = "<name>", description = "A node that gets a certificate.")
  private List<String> nodes = List.of();

  @Option(
      names = "--host",
      paramLabel = "<name>",
      description =
          "A name or address under which the nodes are reached, besides localhost and 127.0.0.1.")
  private List<String> hosts = List.of();

  @Option(
      names = "--until-input-ends",
      description = "Ends when standard input does: for a node that must not outlive its parent.")
  private boolean untilInputEnds;

  @Option(
      names = "--rehearse",
      hidden = true,
      description = "Does once what nodes do, for Java to note the classes it takes, and ends.")
  private boolean rehearse;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (rehearse) {
      Rehearsal.run();
      return ExitCode.OK;
    }
    long chosen =
        List.of(config, cluster, certificates).stream().filter(Optional::isPresent).count();
    if (prepare && cluster.isEmpty()) {
      throw mistake("--prepare goes with --cluster");
    }
    if (chosen != 1) {
      throw mistake("one of --config, --cluster and --init-certificates is needed");
    }
    checkCompany();
    if (certificates.isPresent()) {
      return makeCertificates(certificates.get());
    }
    return cluster.isPresent() ? runCluster(cluster.get()) : runNode(config.orElseThrow());
  }

  /** Refuses what would be passed over. */
  private void checkCompany() {
    if (cluster.isEmpty() && data.isPresent()) {
      throw mistake("--data goes with --cluster; a node's folder stands in its settings");
    }
    if (certificates.isEmpty() && !(nodes.isEmpty() && hosts.isEmpty())) {
      throw mistake("--node and --host go with --init-certificates");
    }
    if (certificates.isPresent() && algorithm.isPresent()) {
      throw mistake("--algorithm goes with --config and --cluster");
    }
  }

  private int makeCertificates(Path folder) throws IOException {
    if (nodes.isEmpty()) {
      throw mistake("--init-certificates needs the names of the nodes: --node n1 --node n2 ...");
    }
    new CertificateMaker(new SecureRandom(), Instant.now())
        .make(folder, nodes.stream().map(node -> new CertificateMaker.Node(node, hosts)).toList());
    out().println("certificates and tokens are in " + folder);
    return ExitCode.OK;
  }

  private int runNode(Path file) throws IOException {
    return NodeRun.of(file, this::withAlgorithm, untilInputEnds, out(), err());
  }

  private int runCluster(int size) throws IOException {
    Path folder = data.orElseThrow(() -> mistake("--cluster needs --data <folder>"));
    ClusterFolder files = clusterFolder(folder, size);
    if (prepare) {
      files.prepare();
      out().println("settings, certificates and tokens are in " + files.folder());
      return ExitCode.OK;
    }
    try (Ending ending = Ending.install(untilInputEnds);
        ProcessCluster running = ProcessCluster.start(files)) {
      say(counted(size) + " starting, with logs in " + files.folder());
      boolean told = ending.await(() -> running.isWhole() && !running.isReady());
      if (!told && running.isWhole()) {
        sayHowToReach(files);
        told = ending.await(running::isWhole);
      }
      // Told to end, as by Ctrl-C, the nodes may have been, too.
      return told ? ExitCode.OK : sayWhoEnded(running);
    }
  }

  private void sayHowToReach(ClusterFolder files) {
    say(counted(files.size()) + " running; reach the store by");
    say("  export WEIR_STORE=" + files.clientFile());
    say("  ./weir config status");
  }

  private static String counted(int nodes) {
    return nodes == 1 ? "1 node is" : nodes + " nodes are";
  }

  /** At once, also where the output is a pipe. */
  private void say(String line) {
    out().println(line);
    out().flush();
  }

  private int sayWhoEnded(ProcessCluster running) throws IOException {
    running.ended().forEach(node -> err().println("weir: " + node));
    return ExitCode.SOFTWARE;
  }

  private NodeSettings withAlgorithm(NodeSettings settings) {
    return algorithm().map(settings::withAlgorithm).orElse(settings);
  }

  private Optional<Algorithm> algorithm() {
    try {
      return algorithm.map(Algorithm::of);
    } catch (IllegalArgumentException e) {
      throw mistake("--algorithm: " + e.getMessage());
    }
  }

  private ClusterFolder clusterFolder(Path folder, int size) {
    try {
      return new ClusterFolder(folder, size, algorithm().orElse(Algorithm.RAFT));
    } catch (IllegalArgumentException e) {
      throw mistake("--cluster: " + e.getMessage());
    }
  }

  private ParameterException mistake(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
