package io.weir.consensus.server.doctor;

import io.weir.consensus.server.access.TokenFile;
import io.weir.consensus.server.node.InvalidNodeSettings;
import io.weir.consensus.server.node.NodeFile;
import io.weir.consensus.server.node.NodeSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks at everything that a node of the store needs, before it starts. */
public final class NodeDoctor {

  private final Surroundings machine;

  public NodeDoctor(Surroundings machine) {
    this.machine = machine;
  }

  /**
   * Examines a node.
   *
   * @param file its settings
   */
  public List<Finding> examine(Path file) {
    MachineChecks checks = new MachineChecks(machine);
    List<Finding> findings = new ArrayList<>(checks.ofProcess());
    findings.add(checks.memory());
    try {
      NodeSettings settings = NodeFile.read(file);
      findings.add(Finding.ok("settings " + file, "can be used"));
      findings.addAll(checks.ofData(settings.data()));
      ports(settings, findings);
      certificates(settings, findings);
      findings.add(tokens(settings.front().tokens()));
    } catch (InvalidNodeSettings e) {
      findings.add(
          Finding.fail("settings " + file, String.valueOf(e.getMessage()), "mend the file"));
    }
    return findings;
  }

  private void ports(NodeSettings settings, List<Finding> findings) {
    String front = settings.front().listen().getHostString();
    findings.add(listen("front", front, settings.front().listen().getPort()));
    for (Map.Entry<String, String> member : settings.members().entrySet()) {
      int colon = member.getValue().lastIndexOf(':');
      String host = member.getValue().substring(0, colon);
      int port = Integer.parseInt(member.getValue().substring(colon + 1));
      findings.add(
          member.getKey().equals(settings.node())
              ? listen("member " + member.getKey(), host, port)
              : reach("member " + member.getKey(), host, port));
    }
  }

  private Finding listen(String what, String host, int port) {
    String place = host + ":" + port;
    return machine.canListen(host, port)
        ? Finding.ok(what, place + " is free")
        : Finding.fail(
            what,
            "cannot listen at " + place,
            "is it this machine's address, and does the node, or another program, run already?");
  }

  private Finding reach(String what, String host, int port) {
    String place = host + ":" + port;
    return machine.canConnect(host, port)
        ? Finding.ok(what, place + " can be reached")
        : Finding.warn(
            what, place + " does not answer", "start that node; if it runs, look for a firewall");
  }

  private void certificates(NodeSettings settings, List<Finding> findings) {
    CertificateChecks checks = new CertificateChecks(machine.now());
    NodeSettings.FrontFiles front = settings.front();
    findings.addAll(checks.front(front.certificate(), front.key(), front.listen().getHostString()));
    NodeSettings.Peers peers = settings.peers();
    findings.addAll(checks.peers(peers.keyStore(), peers.trustStore(), peers.passwordFile()));
  }

  private static Finding tokens(Path file) {
    try {
      var unused = TokenFile.read(file);
      return Finding.ok("tokens " + file, "can be used");
    } catch (IllegalArgumentException e) {
      return Finding.fail("tokens " + file, String.valueOf(e.getMessage()), "mend the file");
    }
  }
}
