package io.weir.consensus.server.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.atomix.cluster.MemberId;
import io.atomix.protocols.raft.partition.impl.RaftNamespaces;
import io.atomix.protocols.raft.storage.RaftStorage;
import io.atomix.protocols.raft.storage.log.RaftLogWriter;
import io.atomix.protocols.raft.storage.log.entry.InitializeEntry;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.storage.StorageException;
import io.atomix.storage.StorageLevel;
import io.atomix.storage.journal.Indexed;
import io.weir.consensus.server.lifecycle.Halt;
import io.weir.consensus.server.peers.PeerSettings;
import io.weir.consensus.server.peers.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node's server, without the others. */
class DurableRaftContextTest {

  private static final MemberId B = MemberId.from("b");
  private static final MemberId C = MemberId.from("c");

  @TempDir private Path directory;

  private final List<String> halts = new CopyOnWriteArrayList<>();
  private final Halt halt = new Halt((reason, cause) -> halts.add(reason));

  @Test
  void keepsItsVoteWithinATermWhateverItHearsOfLeaders() throws Exception {
    try (Server server = new Server()) {
      server.raft.setTerm(7);
      server.raft.setLastVotedFor(B);
      server.raft.setLeader(B);
      server.raft.setLeader(null);

      assertThat(server.raft.getLastVotedFor()).isEqualTo(B);
      assertThatIllegalStateException().isThrownBy(() -> server.raft.setLastVotedFor(C));
    }
  }

  @Test
  void keepsItsVoteOverARestartAndNotOverATerm() throws Exception {
    try (Server server = new Server()) {
      server.raft.setTerm(7);
      server.raft.setLastVotedFor(B);
      server.raft.setLeader(B);
    }

    try (Server server = new Server()) {
      assertThat(server.raft.getTerm()).isEqualTo(7);
      assertThat(server.raft.getLastVotedFor()).isEqualTo(B);

      server.raft.setTerm(8);

      assertThat(server.raft.getLastVotedFor()).isNull();
    }
  }

  @Test
  void haltsWhenARequestsErrorWasSwallowed() throws Exception {
    try (Server server = new Server()) {
      CompletableFuture<String> answer =
          server
              .protocol
              .<String, String>durable(r -> new CompletableFuture<>())
              .apply("an append");

      Awaitility.await().until(() -> !halts.isEmpty());
      assertThat(halts).singleElement().asString().contains("swallowed", "an append");
      assertThat(answer).isNotDone();
    }
  }

  @Test
  void haltsWhenATaskOnTheRaftThreadThrows() throws Exception {
    try (Server server = new Server()) {
      server
          .raft
          .getThreadContext()
          .execute(
              () -> {
                throw new AssertionError("on purpose");
              });

      Awaitility.await().until(() -> !halts.isEmpty());
      assertThat(halts).singleElement().asString().contains("unexpected error on raft-server");
    }
  }

  @Test
  void haltsAndAnswersNobodyWhenTheLogCannotBeFlushed() {
    DurableLogWriter writer =
        new DurableLogWriter(new FailingWriter(), index -> 1, directory, halt, bytes -> {});
    writer.append(new InitializeEntry(1, 0));

    assertThatExceptionOfType(StorageException.class).isThrownBy(writer::flush);
    assertThat(halts).containsExactly("the log could not be made durable");
    assertThat(halt.isHalted()).isTrue();
  }

  @Test
  void makesTheDirectoryDurableWithANewFile() {
    Path gone = directory.resolve("gone");
    DurableLogWriter writer =
        new DurableLogWriter(new KeepingWriter(), index -> 1, gone, halt, bytes -> {});
    writer.append(new InitializeEntry(1, 0));

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(writer::flush)
        .withMessageContaining("gone");
    assertThat(halts).containsExactly("the log could not be made durable");
  }

  /** A disk that keeps what it takes. */
  private static final class KeepingWriter extends FailingWriter {

    @Override
    public void flush() {}
  }

  /** A disk that takes writes and fails to keep them. */
  private static class FailingWriter extends RaftLogWriter {

    @SuppressWarnings("NullAway") // never delegates
    FailingWriter() {
      super(null, null);
    }

    @Override
    public <T extends RaftLogEntry> Indexed<T> append(T entry) {
      return new Indexed<>(1, entry, 10);
    }

    @Override
    public long getLastIndex() {
      return 1;
    }

    @Override
    public void flush() {
      throw new StorageException("input/output error");
    }
  }

  private final class Server implements AutoCloseable {

    private final NodeProtocol protocol;
    private final DurableRaftContext raft;
    private final VoteFile votes;

    Server() throws Exception {
      RaftSettings settings =
          RaftSettings.of(
              "test",
              "a",
              Map.of("a", "127.0.0.1:1", "b", "127.0.0.1:2", "c", "127.0.0.1:3"),
              directory);
      StaticMembership members = new StaticMembership(settings);
      protocol =
          new NodeProtocol(
              new NodeCommunication(
                  members,
                  new Peers(
                      new PeerSettings("test", settings.address(), Duration.ofSeconds(1), null))),
              settings.members().keySet(),
              halt);
      votes = VoteFile.open(directory);
      raft =
          new DurableRaftContext(
              settings,
              members,
              protocol,
              RaftStorage.builder()
                  .withPrefix(LogFiles.PREFIX)
                  .withDirectory(directory.toFile())
                  .withStorageLevel(StorageLevel.DISK)
                  .withMaxSegmentSize(RaftSettings.SEGMENT_BYTES)
                  .withMaxEntrySize(RaftSettings.ENTRY_BYTES)
                  .withNamespace(RaftNamespaces.RAFT_STORAGE)
                  .build(),
              new CommandType(() -> new CommandService(new Journal(), halt)),
              votes,
              halt);
      protocol.attach(raft);
    }

    @Override
    public void close() throws IOException {
      halt.closing();
      raft.close();
      votes.close();
    }
  }
}
