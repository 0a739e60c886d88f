package io.weir.consensus.server.raft;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.consensus.server.lifecycle.DataDirectory;
import io.weir.consensus.server.lifecycle.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  private static final Map<String, String> MEMBERS =
      Map.of("a", "127.0.0.1:1", "b", "127.0.0.1:2", "c", "127.0.0.1:3");

  @TempDir private Path directory;

  @Test
  void opensAgainForTheSameNodeAtAnotherAddress() throws Exception {
    settings("one", "a", MEMBERS).openDirectory().close();

    settings("one", "a", Map.of("a", "127.0.0.1:9", "b", "127.0.0.1:8", "c", "127.0.0.1:7"))
        .openDirectory()
        .close();
  }

  @Test
  void refusesAnotherClusterNodeOrMembership() throws Exception {
    settings("one", "a", MEMBERS).openDirectory().close();

    assertRefused(settings("two", "a", MEMBERS), "cluster: one");
    assertRefused(settings("one", "b", MEMBERS), "node: a");
    assertRefused(
        settings("one", "a", Map.of("a", "127.0.0.1:1", "b", "127.0.0.1:2", "d", "127.0.0.1:3")),
        "cannot be changed");
  }

  @Test
  void refusesADirectoryThatIsInUse() throws Exception {
    try (DataDirectory open = settings("one", "a", MEMBERS).openDirectory()) {
      assertRefused(settings("one", "a", MEMBERS), open.path() + " is in use");
    }
  }

  @Test
  void refusesALogThatDoesNotSayWhoseItIs() throws Exception {
    Files.createFile(directory.resolve("raft-1.log"));

    assertRefused(settings("one", "a", MEMBERS), "not the file 'identity'");
  }

  @Test
  void refusesAnotherAtomix() {
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> AtomixVersion.require("3.1.11"))
        .withMessageContaining("Atomix 3.1.11");
  }

  private RaftSettings settings(String cluster, String node, Map<String, String> members) {
    return RaftSettings.of(cluster, node, members, directory);
  }

  private static void assertRefused(RaftSettings settings, String reason) {
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> settings.openDirectory())
        .withMessageContaining(reason);
  }
}
