package io.weir.consensus.server.paxos.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.consensus.server.lifecycle.StartRefused;
import io.weir.consensus.server.storage.AcceptorLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node's folder must hold to be this node's memory. */
class NodeFolderTest {

  @TempDir private Path folder;

  private NodeFolder open() throws IOException, StartRefused {
    return NodeFolder.open(PaxosSettings.of("test", "a", Map.of("a", "127.0.0.1:1"), folder));
  }

  @Test
  void countsItsStarts() throws Exception {
    open().close();

    try (NodeFolder again = open()) {
      assertThat(again.incarnation()).isEqualTo(2);
    }
  }

  @Test
  void beginsAnewWhenItsFirstStartWasCutOffBeforeItCounted() throws Exception {
    open().close();
    Files.delete(folder.resolve("starts"));

    try (NodeFolder again = open()) {
      assertThat(again.incarnation()).isEqualTo(1);
    }
  }

  @Test
  void refusesALogWhoseStartsAreNotCounted() throws Exception {
    open().close();
    Files.writeString(folder.resolve(AcceptorLog.FIRST), "something was answered for");
    Files.delete(folder.resolve("starts"));

    assertThatThrownBy(this::open)
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("has a log, but not the file 'starts'");
    assertThat(folder.resolve("starts")).doesNotExist();
  }
}
