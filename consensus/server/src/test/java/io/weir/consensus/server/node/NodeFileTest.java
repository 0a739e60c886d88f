package io.weir.consensus.server.node;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFileTest {

  @TempDir private Path folder;

  @Test
  void refusesTwoMembersAtOneAddress() throws Exception {
    ClusterFolder files = new ClusterFolder(folder, 3);
    files.prepare();
    Path settings = files.settings("n1");
    String members = "members: {n1: '127.0.0.1:7301', n2: '127.0.0.1:7302', n3: '127.0.0.1:7301'}";
    Files.writeString(settings, Files.readString(settings).replaceFirst("members: .*", members));

    assertThatThrownBy(() -> NodeFile.read(settings))
        .isInstanceOf(InvalidNodeSettings.class)
        .hasMessageContaining("at '/members/n3': 127.0.0.1:7301 is the address of n1");
  }
}
