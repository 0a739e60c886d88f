package io.weir.operators.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.intake.OriginClock;
import io.weir.operators.intake.RawRecord;
import io.weir.operators.intake.RawRecord.Mark;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.junit.jupiter.api.Test;

class ClockedReaderTest {

  private final Letters letters = new Letters();
  private final ClockedReader<Letter> reader = new ClockedReader<>(letters);
  private final Collected collected = new Collected();

  @Test
  void announcesEveryOriginBeforeTheFirstRecordOfAny() throws Exception {
    reader.addSplits(List.of(fresh("a"), fresh("b")));

    poll(3);

    assertThat(collected.told()).containsExactly("ASSIGNED a", "ASSIGNED b", "DATA a", "DATA b");
  }

  /** Between two calls the gate tells the time, which must be that of all origins. */
  @Test
  void announcesAllOriginsInOneCall() throws Exception {
    reader.addSplits(List.of(fresh("a"), fresh("b")));

    poll(1);

    assertThat(collected.told()).containsExactly("ASSIGNED a", "ASSIGNED b");
  }

  @Test
  void announcesAnOriginThatIsAddedLaterBeforeItsRecords() throws Exception {
    reader.addSplits(List.of(fresh("a")));
    poll(2);

    reader.addSplits(List.of(fresh("b")));
    poll(2);

    assertThat(collected.told()).containsExactly("ASSIGNED a", "DATA a", "ASSIGNED b", "DATA b");
  }

  @Test
  void isAvailableWhileThereIsAnOriginToAnnounce() {
    assertThat(reader.isAvailable()).isNotDone();

    reader.addSplits(List.of(fresh("a")));

    assertThat(reader.isAvailable()).isDone();
  }

  @Test
  void savesTheVeryClockThatItHandedOut() throws Exception {
    reader.addSplits(List.of(fresh("a")));
    poll(1);

    OriginClock handedOut = collected.records.get(0).clock();

    assertThat(reader.snapshotState(1).get(0).clock()).isSameAs(handedOut);
  }

  @Test
  void splitsKeepTheirClocksThroughBytes() throws Exception {
    ClockedSplitSerializer<Letter> serializer = new ClockedSplitSerializer<>(new LetterBytes());
    ClockedSplit<Letter> split = fresh("a");

    ClockedSplit<Letter> read = serializer.deserialize(1, serializer.serialize(split));

    assertThat(read.split()).isEqualTo(split.split());
    assertThat(read.clock().origin()).isEqualTo("a");
  }

  private void poll(int times) throws Exception {
    for (int i = 0; i < times; i++) {
      reader.pollNext(collected);
    }
  }

  private static ClockedSplit<Letter> fresh(String letter) {
    return ClockedSplit.fresh(new Letter(letter));
  }

  private record Letter(String splitId) implements SourceSplit {}

  private static final class LetterBytes implements SimpleVersionedSerializer<Letter> {
    @Override
    public int getVersion() {
      return 3;
    }

    @Override
    public byte[] serialize(Letter letter) {
      return new byte[] {(byte) letter.splitId().charAt(0)};
    }

    @Override
    public Letter deserialize(int version, byte[] serialized) throws IOException {
      assertThat(version).isEqualTo(3);
      return new Letter(String.valueOf((char) serialized[0]));
    }
  }

  /** Emits one record for each split. */
  private static final class Letters implements SourceReader<RawRecord, Letter> {
    private final ArrayDeque<Letter> left = new ArrayDeque<>();
    private final List<Letter> all = new ArrayList<>();

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<RawRecord> output) {
      output.collect(RawRecord.data(left.remove().splitId(), 0, new byte[0]));
      return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public List<Letter> snapshotState(long checkpointId) {
      return all;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return new CompletableFuture<>();
    }

    @Override
    public void addSplits(List<Letter> splits) {
      left.addAll(splits);
      all.addAll(splits);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }

  private static final class Collected implements ReaderOutput<RawRecord> {
    private final List<RawRecord> records = new ArrayList<>();

    List<String> told() {
      return records.stream().map(r -> r.mark() + " " + r.origin()).toList();
    }

    @Override
    public void collect(RawRecord record) {
      assertThat(record.mark() == Mark.ASSIGNED).isEqualTo(record.clock() != null);
      records.add(record);
    }

    @Override
    public void collect(RawRecord record, long timestamp) {
      collect(record);
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}

    @Override
    public SourceOutput<RawRecord> createOutputForSplit(String splitId) {
      return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {}
  }
}
