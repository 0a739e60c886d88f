package io.weir.consensus.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How nodes learn by which algorithm they agree. */
class AlgorithmTest {

  @TempDir private Path folder;

  @Test
  void aClusterKeepsTheAlgorithmThatItWasMadeWith() throws Exception {
    ClusterFolder paxos = new ClusterFolder(folder, 1, Algorithm.PAXOS);
    paxos.prepare();
    paxos.prepare();

    assertThat(NodeFile.read(paxos.settings("n1")).algorithm()).isEqualTo(Algorithm.PAXOS);
    assertThatThrownBy(() -> new ClusterFolder(folder, 1).prepare())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another algorithm than raft");
  }

  @Test
  void settingsThatNameNoneMeanRaft() throws Exception {
    ClusterFolder raft = new ClusterFolder(folder, 1);
    raft.prepare();
    Path settings = raft.settings("n1");
    Files.writeString(settings, Files.readString(settings).replace("algorithm: raft\n", ""));

    raft.prepare();

    assertThat(NodeFile.read(settings).algorithm()).isEqualTo(Algorithm.RAFT);
  }

  @Test
  void settingsThatNameAnotherAreRefused() throws Exception {
    ClusterFolder raft = new ClusterFolder(folder, 1);
    raft.prepare();
    Path settings = raft.settings("n1");
    Files.writeString(
        settings, Files.readString(settings).replace("algorithm: raft", "algorithm: zab"));

    assertThatThrownBy(() -> NodeFile.read(settings))
        .isInstanceOf(InvalidNodeSettings.class)
        .hasMessageContaining("/algorithm");
    assertThatThrownBy(() -> Algorithm.of("zab"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("allowed are raft, paxos");
  }
}
