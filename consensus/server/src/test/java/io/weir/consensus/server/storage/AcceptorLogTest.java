package io.weir.consensus.server.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.consensus.server.paxos.Acceptor;
import io.weir.consensus.server.paxos.Archive;
import io.weir.consensus.server.paxos.Ballot;
import io.weir.consensus.server.paxos.Message;
import io.weir.consensus.server.paxos.Message.Accept;
import io.weir.consensus.server.paxos.Message.Accepted;
import io.weir.consensus.server.paxos.Message.Failed;
import io.weir.consensus.server.paxos.Message.Prepare;
import io.weir.consensus.server.paxos.Message.Promise;
import io.weir.consensus.server.paxos.Message.Read;
import io.weir.consensus.server.paxos.Past;
import io.weir.consensus.server.paxos.Slot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An acceptor's log on a real disk: what comes back, what is cut off, what is refused. */
class AcceptorLogTest {

  private static final long NEVER = Long.MAX_VALUE / 2;
  private static final String FILE = AcceptorLog.FIRST;

  @TempDir private Path folder;

  private final List<Message.Reply> replies = new ArrayList<>();

  private static @Nullable Past numbered(String key, byte[] state) {
    return state.length == 0
        ? null
        : new Past(state.length, new String(state, UTF_8), state, state);
  }

  private static Acceptor acceptor() {
    return new Acceptor(AcceptorLogTest::numbered, new Archive.Limits(100, 100, 1 << 20));
  }

  private DurableAcceptor open(long compactBytes) throws IOException {
    return open(new FileDisk(folder), compactBytes);
  }

  private static DurableAcceptor open(Disk disk, long compactBytes) throws IOException {
    return new DurableAcceptor(
        AcceptorLogTest::acceptor, () -> new AcceptorLog(disk, compactBytes));
  }

  private static Ballot ballot(long counter) {
    return new Ballot(counter, 1, "a");
  }

  private static Accept accept(String key, int counter) {
    return new Accept(
        key, ballot(counter), "s".repeat(counter).getBytes(UTF_8), ballot(counter + 1));
  }

  private void write(DurableAcceptor acceptor, int from, int to) throws IOException {
    for (int counter = from; counter <= to; counter++) {
      acceptor.handle(accept("k", counter), replies::add);
      acceptor.flush();
    }
  }

  @Test
  void answersOnlyWhenItIsOnDisk() throws IOException {
    DurableAcceptor acceptor = open(NEVER);

    acceptor.handle(accept("k", 1), replies::add);
    acceptor.handle(new Read(1, "k", Ballot.NONE), replies::add);

    assertThat(replies).isEmpty();
    acceptor.flush();
    assertThat(replies).hasSize(2);
  }

  @Test
  void comesBackAsItWas() throws IOException {
    DurableAcceptor acceptor = open(NEVER);
    write(acceptor, 1, 5);
    acceptor.handle(new Prepare("k", ballot(40)), replies::add);
    acceptor.handle(new Prepare("promised", ballot(7)), replies::add);
    acceptor.flush();

    DurableAcceptor again = open(NEVER);

    assertSame(again.slot("k"), acceptor.slot("k"));
    assertThat(again.slot("k").promised()).isEqualTo(ballot(40));
    assertThat(again.slot("promised").promised()).isEqualTo(ballot(7));
    again.handle(new Message.Fetch(1, "k", 1, 4), replies::add);
    again.flush();
    Message.Fetched fetched = (Message.Fetched) replies.get(replies.size() - 1);
    assertThat(fetched.states()).extracting(Past::number).containsExactly(4L, 3L, 2L, 1L);
  }

  private static void assertSame(Slot one, Slot other) {
    assertThat(one.promised()).isEqualTo(other.promised());
    assertThat(one.accepted()).isEqualTo(other.accepted());
    assertThat(one.state()).isEqualTo(other.state());
  }

  @Test
  void cutsOffALastFrameWhereverItIsTorn() throws IOException {
    write(open(NEVER), 1, 3);
    Path file = folder.resolve(FILE);
    byte[] whole = Files.readAllBytes(file);
    long two = sizeAfter(2);
    for (int size = (int) two; size < whole.length; size++) {
      Files.write(file, Arrays.copyOf(whole, size));

      DurableAcceptor again = open(NEVER);

      assertThat(again.slot("k").accepted()).as("cut at %d", size).isEqualTo(ballot(2));
      assertThat(Files.size(file)).isEqualTo(two);
    }
  }

  private long sizeAfter(int frames) throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    write(open(new FileDisk(other), NEVER), 1, frames);
    return Files.size(other.resolve(FILE));
  }

  @Test
  void refusesALogThatIsDamagedBeforeAWholeFrame() throws IOException {
    write(open(NEVER), 1, 3);
    Path file = folder.resolve(FILE);
    byte[] whole = Files.readAllBytes(file);
    int end = (int) sizeAfter(2);
    for (int i = 0; i < end; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x10;
      Files.write(file, damaged);

      assertThatThrownBy(() -> open(NEVER))
          .as("byte %d", i)
          .isInstanceOf(DamagedLog.class)
          .hasMessageContaining(FILE);
      assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    }
  }

  @Test
  void goesOnBehindWhatWasCutOff() throws IOException {
    write(open(NEVER), 1, 3);
    Path file = folder.resolve(FILE);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));

    write(open(NEVER), 3, 6);

    assertThat(open(NEVER).slot("k").accepted()).isEqualTo(ballot(6));
  }

  @Test
  void isWrittenAnewWhenItIsLargeAndHoldsTheSame() throws IOException {
    DurableAcceptor acceptor = open(2_000);
    for (int i = 1; i <= 200; i++) {
      acceptor.handle(
          new Accept("k", ballot(i), ("s" + i % 10).getBytes(UTF_8), ballot(i + 1)), replies::add);
      acceptor.flush();
    }

    DurableAcceptor again = open(2_000);

    assertSame(again.slot("k"), acceptor.slot("k"));
    assertThat(acceptor.logBytes()).isLessThan(5_000);
    assertThat(new FileDisk(folder).list()).hasSize(1).doesNotContain(FILE);
  }

  @Test
  void isWrittenAnewInFramesOfBoundedSizeHoweverManyRegistersThereAre() throws IOException {
    FullDisk disk = new FullDisk(new FileDisk(folder));
    DurableAcceptor acceptor = open(disk, 4 << 20);
    for (int i = 0; i < 20; i++) {
      acceptor.handle(
          new Accept("k" + i, ballot(1), new byte[256 * 1024], ballot(2)), replies::add);
      acceptor.flush();
    }

    DurableAcceptor again = open(NEVER);

    assertThat(disk.list()).hasSize(1).doesNotContain(FILE);
    assertThat(disk.largest).isLessThan(2 << 20);
    for (int i = 0; i < 20; i++) {
      assertSame(again.slot("k" + i), acceptor.slot("k" + i));
    }
  }

  @Test
  void saysThatTheDiskIsFullAndAcknowledgesNothing() throws IOException {
    FullDisk disk = new FullDisk(new FileDisk(folder));
    DurableAcceptor acceptor = open(disk, NEVER);
    write(acceptor, 1, 2);
    replies.clear();

    disk.full = true;
    acceptor.handle(accept("k", 3), replies::add);
    acceptor.handle(new Read(1, "k", Ballot.NONE), replies::add);
    acceptor.flush();

    assertThat(replies)
        .singleElement()
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.reason()).contains("No space left on device"));
    assertThat(acceptor.slot("k").accepted()).isEqualTo(ballot(2));
    disk.full = false;
    replies.clear();
    write(acceptor, 3, 3);
    assertThat(replies).singleElement().isInstanceOf(Accepted.class);
    assertThat(open(NEVER).slot("k").accepted()).isEqualTo(ballot(3));
  }

  @Test
  void promisesNothingThatIsNotOnDisk() throws IOException {
    FullDisk disk = new FullDisk(new FileDisk(folder));
    DurableAcceptor acceptor = open(disk, NEVER);

    disk.full = true;
    acceptor.handle(new Prepare("k", ballot(9)), replies::add);
    acceptor.flush();
    disk.full = false;
    acceptor.handle(new Prepare("k", ballot(1)), replies::add);
    acceptor.flush();

    assertThat(replies.get(0)).isInstanceOf(Failed.class);
    assertThat(replies.get(1)).isInstanceOf(Promise.class);
  }

  /** Writes half of what it is given, and then has no room. */
  private static final class FullDisk implements Disk {
    private final Disk disk;
    private boolean full;
    private int largest;

    FullDisk(Disk disk) {
      this.disk = disk;
    }

    @Override
    public List<String> list() throws IOException {
      return disk.list();
    }

    @Override
    public ByteBuffer read(String file) throws IOException {
      return disk.read(file);
    }

    @Override
    public void append(String file, byte[] bytes) throws IOException {
      largest = Math.max(largest, bytes.length);
      if (full) {
        disk.append(file, Arrays.copyOf(bytes, bytes.length / 2));
        throw new IOException("No space left on device");
      }
      disk.append(file, bytes);
    }

    @Override
    public void truncate(String file, long size) throws IOException {
      disk.truncate(file, size);
    }

    @Override
    public void sync(String file) throws IOException {
      disk.sync(file);
    }

    @Override
    public void rename(String file, String to) throws IOException {
      disk.rename(file, to);
    }

    @Override
    public void delete(String file) throws IOException {
      disk.delete(file);
    }

    @Override
    public void syncFolder() throws IOException {
      disk.syncFolder();
    }
  }
}
