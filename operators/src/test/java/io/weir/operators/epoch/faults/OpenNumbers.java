package io.weir.operators.epoch.faults;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceReaderBase;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.util.NumberSequenceIterator;

/**
 * Numbers until the test has seen enough: a job is never over before a fault comes. Splits are
 * numbered from 0, and number n of split s is {@code s << 40 | n}. Where a split ends is decided
 * once, behind everything that was ever read, so that what is read again ends there too.
 */
public final class OpenNumbers extends NumberSequenceSource {

  private static final long serialVersionUID = 1;
  private static final int SPLIT_SHIFT = 40;
  private static final long MARGIN = 1_000;
  private static final Map<String, End> ENDS = new ConcurrentHashMap<>();

  private final String name;
  private final int firstSplit;
  private final int splits;

  /** Where all splits end, and how far any of them was read. */
  private static final class End {
    private final AtomicLong highest = new AtomicLong();
    private volatile long limit = Long.MAX_VALUE;
  }

  private OpenNumbers(String name, int firstSplit, int splits) {
    super(0, splits);
    this.name = name;
    this.firstSplit = firstSplit;
    this.splits = splits;
  }

  public static OpenNumbers ofSplits(int splits) {
    String name = UUID.randomUUID().toString();
    ENDS.put(name, new End());
    return new OpenNumbers(name, 0, splits);
  }

  /** As many splits again, which end where these do. */
  OpenNumbers more() {
    return new OpenNumbers(name, firstSplit + splits, splits);
  }

  /** Has all splits end, a little behind where the fastest reader is. */
  public void end() {
    End end = endOf(name);
    end.limit = end.highest.get() + MARGIN;
  }

  /** All numbers, when the end is decided. */
  LongStream all() {
    long limit = endOf(name).limit;
    return LongStream.range(firstSplit, firstSplit + splits)
        .flatMap(split -> LongStream.range(0, limit).map(n -> split << SPLIT_SHIFT | n));
  }

  boolean hasEnded() {
    return endOf(name).limit != Long.MAX_VALUE;
  }

  private static End endOf(String name) {
    return requireNonNull(ENDS.get(name), name);
  }

  @Override
  public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> createEnumerator(
      SplitEnumeratorContext<NumberSequenceSplit> context) {
    return restoreEnumerator(context, splitNumberRange(0, splits, splits));
  }

  @Override
  protected List<NumberSequenceSplit> splitNumberRange(long from, long to, int count) {
    return LongStream.range(firstSplit, firstSplit + splits)
        .mapToObj(
            split ->
                new NumberSequenceSplit(
                    Long.toString(split), split << SPLIT_SHIFT, ((split + 1) << SPLIT_SHIFT) - 1))
        .toList();
  }

  @Override
  public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext context) {
    return new Reader(context, endOf(name));
  }

  // Flink's close may throw anything.
  @SuppressWarnings("try")
  private static final class Reader
      extends IteratorSourceReaderBase<Long, Long, NumberSequenceIterator, NumberSequenceSplit> {

    private final End end;

    Reader(SourceReaderContext context, End end) {
      super(context);
      this.end = end;
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Long> out) {
      if (iterator == null) {
        InputStatus status = tryMoveToNextSplit();
        if (status != InputStatus.MORE_AVAILABLE) {
          return status;
        }
      }
      long position = iterator.getCurrent() & ((1L << SPLIT_SHIFT) - 1);
      if (position >= end.limit) {
        finishSplit();
      } else {
        end.highest.accumulateAndGet(position, Math::max);
        out.collect(iterator.next());
      }
      return InputStatus.MORE_AVAILABLE;
    }

    @Override
    protected Long convert(Long number) {
      return number;
    }
  }
}
