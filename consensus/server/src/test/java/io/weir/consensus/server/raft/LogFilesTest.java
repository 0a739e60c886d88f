package io.weir.consensus.server.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.atomix.protocols.raft.partition.impl.RaftNamespaces;
import io.atomix.protocols.raft.storage.log.RaftLogReader;
import io.atomix.protocols.raft.storage.log.entry.InitializeEntry;
import io.atomix.protocols.raft.storage.log.entry.MetadataEntry;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.storage.StorageLevel;
import io.weir.consensus.server.lifecycle.StartRefused;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against logs that Atomix itself wrote, with the settings in use. */
class LogFilesTest {

  private static final int ENTRIES = 12_000;

  @TempDir private Path directory;

  @Test
  void passesAWholeLog() throws Exception {
    write(1, ENTRIES);

    assertThat(segments()).hasSizeGreaterThan(1);
    assertThatNoException().isThrownBy(() -> new LogFiles(directory).verify());
    assertThat(read()).hasSize(ENTRIES);
  }

  @Test
  void refusesDamageInTheMiddleAndNamesFileAndOffset() throws Exception {
    write(1, ENTRIES);
    flip(directory.resolve("raft-1.log"), 5000);

    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> new LogFiles(directory).verify())
        .withMessageContaining("raft-1.log is damaged at offset 4")
        .withMessageContaining("raft-2.log");
  }

  @Test
  void refusesDamageBeforeWholeEntriesOfTheLastFile() throws Exception {
    write(1, 500);
    flip(directory.resolve("raft-1.log"), 2000);

    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> new LogFiles(directory).verify())
        .withMessageContaining("raft-1.log is damaged at offset 1")
        .withMessageContaining("whole entries follow");
  }

  /** The first bytes of an entry are zero, and may be the last ones of a block. */
  @Test
  void refusesDamageOfAnEntryThatBeginsAtTheEndOfABlock() throws Exception {
    write(1, 2_500);
    Path file = directory.resolve("raft-1.log");
    byte[] whole = Files.readAllBytes(file);
    List<Integer> offsets = offsetsAtBlockEnds(ByteBuffer.wrap(whole));

    assertThat(offsets).isNotEmpty();
    for (int offset : offsets) {
      Files.write(file, whole);
      flip(file, offset + 10);
      assertThatExceptionOfType(StartRefused.class)
          .as("damage of the entry at %d", offset)
          .isThrownBy(() -> new LogFiles(directory).verify())
          .withMessageContaining("is damaged at offset " + offset);
    }
  }

  private static List<Integer> offsetsAtBlockEnds(ByteBuffer segment) {
    List<Integer> offsets = new ArrayList<>();
    int offset = 64;
    while (segment.getInt(offset) > 0) {
      if (offset % 4096 > 4096 - Integer.BYTES) {
        offsets.add(offset);
      }
      offset += 8 + segment.getInt(offset);
    }
    return offsets;
  }

  @Test
  void refusesAMissingFile() throws Exception {
    write(1, 3 * ENTRIES);
    Files.delete(directory.resolve("raft-2.log"));

    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> new LogFiles(directory).verify());
  }

  @Test
  void refusesALogWhoseBeginningIsInNoSnapshot() throws Exception {
    write(1, ENTRIES);
    Files.delete(directory.resolve("raft-1.log"));

    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> new LogFiles(directory).verify())
        .withMessageContaining("newest snapshot ends at entry 0");
  }

  @Test
  void cutsOffAHalfWrittenEnd() throws Exception {
    write(1, 500);
    int end = end(directory.resolve("raft-1.log"));
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("raft-1.log").toFile(), "rw")) {
      file.seek(end);
      file.writeInt(20); // a length, without the entry
    }

    new LogFiles(directory).verify();

    assertThat(end(directory.resolve("raft-1.log"))).isEqualTo(end);
    assertThat(read()).hasSize(500);
  }

  @Test
  void cutsOffEntriesBehindABlockThatWasNeverWritten() throws Exception {
    write(1, 1000);
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("raft-1.log").toFile(), "rw")) {
      file.seek(8192);
      file.write(new byte[4096]);
    }

    new LogFiles(directory).verify();

    int kept = read().size();
    assertThat(kept).isBetween(500, 900);
    write(2, 1); // the entries behind the hole must not come back behind a new one
    assertThat(read()).hasSize(kept + 1);
  }

  @Test
  void removesAFileThatWasCreatedAndNeverWritten() throws Exception {
    write(1, 500);
    Files.write(directory.resolve("raft-2.log"), new byte[RaftSettings.SEGMENT_BYTES]);

    new LogFiles(directory).verify();

    assertThat(segments()).hasSize(1);
    assertThat(read()).hasSize(500);
  }

  /** Fault of Atomix: with entries much smaller than the file, entries of term 1 come back. */
  @Test
  void truncatedEntriesDoNotComeBackBehindNewOnesOfTheSameSize() throws Exception {
    write(1, 4000);
    try (var log = open()) {
      log.writer().truncate(10);
    }
    write(2, 3000);

    assertThat(read()).hasSize(3010);
    assertThat(read().subList(10, 3010)).allMatch(entry -> entry.term() == 2);
    assertThatNoException().isThrownBy(() -> new LogFiles(directory).verify());
  }

  /** Fault of Atomix: a reader that had read ahead goes on with what was truncated behind it. */
  @Test
  void aReaderThatIsBehindATruncationDoesNotSeeWhatWasTruncated() {
    try (var log = open()) {
      for (int i = 0; i < 100; i++) {
        log.writer().append(new InitializeEntry(1, 0));
      }
      try (RaftLogReader reader = log.openReader(1)) {
        reader.next();

        log.writer().truncate(50);
        for (int i = 0; i < 50; i++) {
          log.writer().append(new InitializeEntry(2, 0));
        }

        List<Long> terms = new ArrayList<>();
        while (reader.hasNext()) {
          terms.add(reader.next().entry().term());
        }
        assertThat(terms.subList(0, 49)).containsOnly(1L);
        assertThat(terms.subList(49, terms.size())).hasSize(50).containsOnly(2L);
      }
    }
  }

  private void write(long term, int entries) {
    try (var log = open()) {
      for (int i = 0; i < entries; i++) {
        log.writer().append(new MetadataEntry(term, 0, 1000 + i));
      }
      log.writer().flush();
    }
  }

  private List<RaftLogEntry> read() {
    List<RaftLogEntry> entries = new ArrayList<>();
    try (var log = open();
        RaftLogReader reader = log.openReader(1)) {
      while (reader.hasNext()) {
        entries.add(reader.next().entry());
      }
    }
    return entries;
  }

  private io.atomix.protocols.raft.storage.log.RaftLog open() {
    return io.atomix.protocols.raft.storage.log.RaftLog.builder()
        .withName(LogFiles.PREFIX)
        .withDirectory(directory.toFile())
        .withStorageLevel(StorageLevel.DISK)
        .withNamespace(RaftNamespaces.RAFT_STORAGE)
        .withMaxSegmentSize(RaftSettings.SEGMENT_BYTES)
        .withMaxEntrySize(RaftSettings.ENTRY_BYTES)
        .build();
  }

  private List<Path> segments() throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(LogFiles::isSegment).toList();
    }
  }

  private static int end(Path file) throws IOException {
    SegmentFile segment = SegmentFile.read(file, 1);
    segment.scan();
    return segment.end();
  }

  private static void flip(Path path, int offset) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(offset);
      int old = file.read();
      file.seek(offset);
      file.write(old ^ 1);
    }
  }
}
