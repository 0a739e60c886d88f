package io.weir.consensus.server.raft;

import io.weir.consensus.server.lifecycle.DataDirectory;
import io.weir.consensus.server.lifecycle.StartRefused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The term a node is in and whom it voted for in that term, on disk before anybody hears of it
 * (Raft, figure 2: persistent state). Two slots in turn, so that a torn write leaves the other.
 *
 * <p>Not thread-safe: the raft thread's.
 */
final class VoteFile implements AutoCloseable {

  private static final String NAME = "vote";
  private static final int MAGIC = 0x57565445;
  private static final int SLOT_BYTES = 4096;
  private static final int HEAD_BYTES = 4 + 8 + 8 + 4;
  private static final int MAX_NAME_BYTES = SLOT_BYTES - HEAD_BYTES - 4;

  /**
   * A term and the vote in it.
   *
   * @param sequence counts the writes
   * @param candidate who got the vote, if anybody did
   */
  record Vote(long sequence, long term, @Nullable String candidate) {}

  private final FileChannel channel;
  private Vote current;

  private VoteFile(FileChannel channel, Vote current) {
    this.channel = channel;
    this.current = current;
  }

  static VoteFile open(Path directory) throws IOException, StartRefused {
    Path file = directory.resolve(NAME);
    boolean isNew = !Files.exists(file) || Files.size(file) == 0;
    if (isNew && new LogFiles(directory).logBytes() > 0) {
      throw new StartRefused(
          file + " is gone, though there is a log: this node no longer knows how it voted");
    }
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Vote newest = isNew ? null : newest(read(channel, 0), read(channel, 1));
    if (!isNew && newest == null) {
      channel.close();
      throw new StartRefused(
          file + " is damaged in both slots: this node no longer knows how it voted");
    }
    VoteFile votes = new VoteFile(channel, newest == null ? new Vote(0, 0, null) : newest);
    if (isNew) {
      votes.write(0, null);
      DataDirectory.force(directory);
    }
    return votes;
  }

  static boolean isVoteFile(Path file) {
    return file.endsWith(NAME);
  }

  long term() {
    return current.term();
  }

  /** Whom this node voted for in that term; in another term a vote counts for nothing. */
  @Nullable String voteIn(long term) {
    return term == current.term() ? current.candidate() : null;
  }

  /** On disk when it returns. */
  void write(long term, @Nullable String candidate) throws IOException {
    Vote next = new Vote(current.sequence() + 1, term, candidate);
    channel.write(encode(next), (next.sequence() % 2) * SLOT_BYTES);
    channel.force(true);
    current = next;
  }

  private static @Nullable Vote newest(@Nullable Vote first, @Nullable Vote second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return first.sequence() > second.sequence() ? first : second;
  }

  private static ByteBuffer encode(Vote vote) {
    byte[] name =
        vote.candidate() == null ? new byte[0] : vote.candidate().getBytes(StandardCharsets.UTF_8);
    ByteBuffer slot = ByteBuffer.allocate(HEAD_BYTES + name.length + 4);
    slot.putInt(MAGIC).putLong(vote.sequence()).putLong(vote.term()).putInt(name.length).put(name);
    return slot.putInt(checksum(slot, slot.position())).flip();
  }

  private static @Nullable Vote read(FileChannel channel, int number) throws IOException {
    ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES);
    channel.read(slot, (long) number * SLOT_BYTES);
    slot.flip();
    if (slot.limit() < HEAD_BYTES + 4 || slot.getInt() != MAGIC) {
      return null;
    }
    long sequence = slot.getLong();
    long term = slot.getLong();
    int length = slot.getInt();
    if (length < 0 || length > MAX_NAME_BYTES || length + 4 > slot.remaining()) {
      return null;
    }
    byte[] name = new byte[length];
    slot.get(name);
    return slot.getInt() == checksum(slot, HEAD_BYTES + length)
        ? new Vote(sequence, term, length == 0 ? null : new String(name, StandardCharsets.UTF_8))
        : null;
  }

  private static int checksum(ByteBuffer slot, int length) {
    CRC32C crc = new CRC32C();
    crc.update(slot.duplicate().clear().limit(length));
    return (int) crc.getValue();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
