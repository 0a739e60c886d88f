package io.weir.consensus.server.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.consensus.server.lifecycle.StartRefused;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoteFileTest {

  @TempDir private Path directory;

  @Test
  void remembersTermAndVote() throws Exception {
    try (VoteFile votes = VoteFile.open(directory)) {
      votes.write(7, null);
      votes.write(7, "b");
    }

    try (VoteFile votes = VoteFile.open(directory)) {
      assertThat(votes.term()).isEqualTo(7);
      assertThat(votes.voteIn(7)).isEqualTo("b");
      assertThat(votes.voteIn(8)).isNull();
    }
  }

  @Test
  void fallsBackToTheWriteBeforeATornOne() throws Exception {
    try (VoteFile votes = VoteFile.open(directory)) {
      votes.write(7, "b"); // the second write: after the one that made the file
      votes.write(8, "c");
    }
    damageSlot(1);

    try (VoteFile votes = VoteFile.open(directory)) {
      assertThat(votes.term()).isEqualTo(7);
      assertThat(votes.voteIn(7)).isEqualTo("b");
    }
  }

  @Test
  void refusesToGuessWhenBothSlotsAreDamaged() throws Exception {
    try (VoteFile votes = VoteFile.open(directory)) {
      votes.write(7, "b");
    }
    damageSlot(0);
    damageSlot(1);

    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> VoteFile.open(directory))
        .withMessageContaining("damaged in both slots");
  }

  @Test
  void refusesToVoteAnewWhereThereIsALog() throws Exception {
    Files.write(directory.resolve("raft-1.log"), new byte[64]);

    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> VoteFile.open(directory))
        .withMessageContaining("no longer knows how it voted");
    assertThat(directory.resolve("vote")).doesNotExist();
  }

  private void damageSlot(int number) throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve("vote").toFile(), "rw")) {
      file.seek(number * 4096L + 17);
      int old = file.read();
      file.seek(number * 4096L + 17);
      file.write(old ^ 1);
    }
  }
}
