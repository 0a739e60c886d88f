package io.weir.consensus.server.raft;

import io.weir.consensus.server.lifecycle.DataDirectory;
import io.weir.consensus.server.lifecycle.StartRefused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through a node's log before the node joins. Atomix ends a log silently at the first entry
 * whose checksum does not match and deletes the files behind a gap; a node that forgot what it
 * acknowledged could then elect a leader that forgot it too. So damage in the middle is refused.
 *
 * <p>What a crash leaves behind is mended: a half-written end is zeroed, a file that was created
 * but never written is removed. Then everything that was read is made durable, because a later
 * acknowledgement covers it.
 */
final class LogFiles {

  static final String PREFIX = "raft";

  private static final Logger LOG = LoggerFactory.getLogger(LogFiles.class);
  private static final Pattern SEGMENT = Pattern.compile(PREFIX + "-(\\d+)\\.log");
  private static final Pattern SNAPSHOT = Pattern.compile(PREFIX + "-(\\d+)\\.snapshot");

  private final Path directory;

  LogFiles(Path directory) {
    this.directory = directory;
  }

  static boolean isSegment(Path file) {
    return SEGMENT.matcher(String.valueOf(file.getFileName())).matches();
  }

  /** Bytes of all log files. */
  long logBytes() throws IOException {
    long bytes = 0;
    for (Path file : matching(SEGMENT)) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  void verify() throws IOException, StartRefused {
    List<SegmentFile> segments = load();
    removeUnwrittenLast(segments);
    segments.sort(Comparator.comparingLong(SegmentFile::firstIndex));
    for (int i = 0; i < segments.size(); i++) {
      SegmentFile segment = segments.get(i);
      segment.scan();
      if (i + 1 < segments.size()) {
        requireWhole(segment, segments.get(i + 1));
      } else {
        mendEnd(segment);
      }
    }
    requireCoveredBySnapshot(segments);
    force();
  }

  private List<SegmentFile> load() throws IOException {
    List<SegmentFile> segments = new ArrayList<>();
    for (Path file : matching(SEGMENT)) {
      segments.add(SegmentFile.read(file, number(SEGMENT, file)));
    }
    segments.sort(Comparator.comparingLong(SegmentFile::number));
    return segments;
  }

  /** A crash between a file's creation and its header: nothing in it was ever acknowledged. */
  private void removeUnwrittenLast(List<SegmentFile> segments) throws IOException {
    if (!segments.isEmpty() && segments.get(segments.size() - 1).isUnwritten()) {
      SegmentFile last = segments.remove(segments.size() - 1);
      LOG.warn("{} was created but never written: removed", last.file());
      Files.delete(last.file());
    }
  }

  private void requireWhole(SegmentFile segment, SegmentFile next) throws StartRefused {
    if (segment.firstIndex() + segment.entries() != next.firstIndex()) {
      throw damaged(
          segment,
          "entry "
              + (segment.firstIndex() + segment.entries())
              + " cannot be read, but the log goes on at entry "
              + next.firstIndex()
              + " in "
              + next.file().getFileName());
    }
  }

  private void mendEnd(SegmentFile last) throws IOException, StartRefused {
    if (last.endsClean()) {
      return;
    }
    if (!last.endIsTorn()) {
      throw damaged(
          last,
          "entry "
              + (last.firstIndex() + last.entries())
              + " cannot be read, but whole entries follow it");
    }
    LOG.warn("{} ends half-written at offset {}: zeroed from there", last.file(), last.end());
    last.zeroFromEnd();
  }

  private StartRefused damaged(SegmentFile segment, String what) {
    return new StartRefused(
        segment.file()
            + " is damaged at offset "
            + segment.end()
            + ": "
            + what
            + ". Restore this node's directory from a backup, or empty it and let the others fill"
            + " it again if they are a majority");
  }

  private void requireCoveredBySnapshot(List<SegmentFile> segments)
      throws IOException, StartRefused {
    if (segments.isEmpty()) {
      return;
    }
    long covered = 0;
    for (Path file : matching(SNAPSHOT)) {
      covered = Math.max(covered, number(SNAPSHOT, file));
    }
    SegmentFile first = segments.get(0);
    if (first.firstIndex() > covered + 1) {
      throw new StartRefused(
          first.file()
              + " begins at entry "
              + first.firstIndex()
              + " but the newest snapshot ends at entry "
              + covered);
    }
  }

  /** What a killed process wrote may be in memory only. */
  private void force() throws IOException {
    List<Path> files = new ArrayList<>(matching(SEGMENT));
    files.addAll(matching(SNAPSHOT));
    for (Path file : files) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
    DataDirectory.force(directory);
  }

  private List<Path> matching(Pattern name) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> name.matcher(String.valueOf(file.getFileName())).matches())
          .toList();
    }
  }

  private static long number(Pattern name, Path file) {
    Matcher matcher = name.matcher(String.valueOf(file.getFileName()));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not one of ours: " + file);
    }
    return Long.parseLong(matcher.group(1));
  }

  /** The whole file, in one read. */
  static ByteBuffer readAll(Path file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(file));
  }
}
