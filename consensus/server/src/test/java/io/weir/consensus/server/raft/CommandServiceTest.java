package io.weir.consensus.server.raft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandServiceTest {

  @Test
  void restoresWhatWasWritten() throws Exception {
    Journal written = journal("one", "two");
    byte[] frame = SnapshotFrame.write(new SnapshotFrame.Position(40, 2, 99), written);

    Journal restored = new Journal();
    SnapshotFrame read = SnapshotFrame.read(frame);
    read.restore(restored);

    assertThat(restored.entries()).containsExactly("one", "two");
    assertThat(read.position()).isEqualTo(new SnapshotFrame.Position(40, 2, 99));
  }

  @Test
  void restoresAStateOfSeveralMegabytes() throws Exception {
    String large = "x".repeat(2_500_000);

    byte[] frame =
        SnapshotFrame.write(new SnapshotFrame.Position(40, 2, 99), journal("one", large, "two"));
    Journal restored = new Journal();
    SnapshotFrame.read(frame).restore(restored);

    assertThat(restored.entries()).containsExactly("one", large, "two");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 11, 15, 20, 60})
  void refusesASnapshotWithOneBitChangedAnywhere(int offset) throws Exception {
    byte[] frame =
        SnapshotFrame.write(new SnapshotFrame.Position(40, 2, 99), journal("one", "two"));
    frame[offset] ^= 1;

    assertThatIOException().isThrownBy(() -> SnapshotFrame.read(frame));
  }

  @Test
  void refusesASnapshotThatIsCutShortOrWrittenTwice() throws Exception {
    byte[] frame =
        SnapshotFrame.write(new SnapshotFrame.Position(40, 2, 99), journal("one", "two"));

    assertThatIOException()
        .isThrownBy(() -> SnapshotFrame.read(Arrays.copyOf(frame, frame.length - 1)))
        .withMessageContaining("length");
    assertThatIOException()
        .isThrownBy(() -> SnapshotFrame.read(Arrays.copyOf(frame, frame.length * 2)))
        .withMessageContaining("length");
    assertThatIOException().isThrownBy(() -> SnapshotFrame.checkedLength(0));
  }

  private static Journal journal(String... commands) {
    Journal journal = new Journal();
    for (int i = 0; i < commands.length; i++) {
      journal.apply(i + 1, 5, commands[i].getBytes(UTF_8));
    }
    return journal;
  }
}
