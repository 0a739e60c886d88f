package io.weir.jobs.local;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.weir.consensus.Change;
import io.weir.consensus.Proposal;
import io.weir.consensus.http.HttpStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class EmbeddedStoreIT {

  @TempDir private Path scratch;

  @Test
  void runsThreeNodesAndLeavesNothingBehind() throws Exception {
    List<ProcessHandle> processes;
    Path folder;
    try (EmbeddedStore store = EmbeddedStore.start(BuiltStore.program(scratch));
        HttpStore client = store.connect()) {
      folder = store.clientFile().getParent();
      client.propose(Proposal.of("job", 0, new Change.Set("a: 1"), "t", "")).get(90, SECONDS);

      assertThat(client.read("job").get(30, SECONDS).content()).contains("a: 1");
      assertThat(client.statuses().get(30, SECONDS)).hasSize(3);
      processes = ProcessHandle.current().descendants().toList();
      assertThat(processes).hasSizeGreaterThanOrEqualTo(4);
    }

    assertThat(folder).doesNotExist();
    assertThat(processes).noneMatch(EmbeddedStoreIT::runs);
  }

  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  @Test
  void saysWhatTheNodesSaidWhenTheyDoNotStart() throws Exception {
    Path nothing = Files.writeString(scratch.resolve("empty.classpath"), scratch.toString());
    StoreProgram broken = new StoreProgram(Path.of("..").toRealPath(), nothing);

    try (EmbeddedStore store = EmbeddedStore.start(broken)) {
      assertThatIOException()
          .isThrownBy(store::connect)
          .withMessageContaining("the nodes do not start")
          .withMessageContaining("ConsensusCommand");
    }
  }

  @Test
  void refusesAFolderThatAnotherRunHasAndLeavesItAlone() throws Exception {
    Path nothing = Files.writeString(scratch.resolve("empty.classpath"), scratch.toString());
    StoreProgram broken = new StoreProgram(Path.of("..").toRealPath(), nothing);
    Path folder = scratch.resolve("kept").resolve("store");

    try (EmbeddedStore first = EmbeddedStore.startNode(broken, folder, true)) {
      assertThatIOException()
          .isThrownBy(() -> EmbeddedStore.startNode(broken, folder, true))
          .withMessage(folder + " is in use by another run");
      assertThatIOException()
          .isThrownBy(first::awaitReady)
          .withMessageContaining("the nodes do not start");
    }

    assertThat(folder).isDirectory();
    EmbeddedStore.startNode(broken, folder, true).close();
  }

  @Test
  void saysWhereTheProgramShouldBe() {
    StoreProgram missing = new StoreProgram(scratch, scratch.resolve("none"));

    assertThatIOException()
        .isThrownBy(() -> EmbeddedStore.start(missing))
        .withMessageContaining(scratch.resolve("none").toString())
        .withMessageContaining("start Weir by its script");
  }
}
