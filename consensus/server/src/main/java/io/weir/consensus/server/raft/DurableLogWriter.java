package io.weir.consensus.server.raft;

import io.atomix.protocols.raft.storage.log.RaftLogWriter;
import io.atomix.protocols.raft.storage.log.entry.RaftLogEntry;
import io.atomix.storage.StorageException;
import io.atomix.storage.journal.Indexed;
import io.weir.consensus.server.lifecycle.DataDirectory;
import io.weir.consensus.server.lifecycle.Halt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/**
 * The log's writer, with a {@link #flush} after which everything appended is on disk, files and
 * directory, and which costs nothing when nothing was appended. Whatever goes wrong in it halts the
 * node: what is on disk then is unknown, and a full disk leaves half an entry.
 *
 * <p>The raft thread's.
 */
final class DurableLogWriter extends RaftLogWriter {

  private final RaftLogWriter delegate;
  private final LongUnaryOperator segmentOf;
  private final Path directory;
  private final Halt halt;
  private final IntConsumer onAppend;
  private long durableSegment;
  private boolean dirty;
  private boolean filesRemoved;

  /**
   * @param segmentOf first index of the segment that holds an index
   * @param onAppend told the entry's bytes after each append
   */
  @SuppressWarnings("NullAway") // the super class only delegates, and every method is overridden
  DurableLogWriter(
      RaftLogWriter delegate,
      LongUnaryOperator segmentOf,
      Path directory,
      Halt halt,
      IntConsumer onAppend) {
    super(null, null);
    this.delegate = delegate;
    this.segmentOf = segmentOf;
    this.directory = directory;
    this.halt = halt;
    this.onAppend = onAppend;
  }

  @Override
  public long getLastIndex() {
    return delegate.getLastIndex();
  }

  @Override
  public Indexed<RaftLogEntry> getLastEntry() {
    return delegate.getLastEntry();
  }

  @Override
  public long getNextIndex() {
    return delegate.getNextIndex();
  }

  @Override
  public <T extends RaftLogEntry> Indexed<T> append(T entry) {
    Indexed<T> appended = written(() -> delegate.append(entry));
    onAppend.accept(appended.size());
    return appended;
  }

  @Override
  public void append(Indexed<RaftLogEntry> entry) {
    written(
        () -> {
          delegate.append(entry);
          return entry;
        });
  }

  @Override
  public void commit(long index) {
    delegate.commit(index);
  }

  @Override
  public void reset(long index) {
    written(
        () -> {
          delegate.reset(index);
          filesRemoved = true;
          return index;
        });
  }

  @Override
  public void truncate(long index) {
    written(
        () -> {
          delegate.truncate(index);
          filesRemoved = true;
          return index;
        });
  }

  @Override
  public void flush() {
    if (!dirty) {
      return;
    }
    try {
      delegate.flush();
      forceDirectoryIfFilesChanged();
      dirty = false;
    } catch (StorageException | UncheckedIOException e) {
      halt.now("the log could not be made durable", e);
      throw e;
    }
  }

  private void forceDirectoryIfFilesChanged() {
    long segment = segmentOf.applyAsLong(delegate.getLastIndex());
    if (segment != durableSegment || filesRemoved) {
      try {
        DataDirectory.force(directory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      durableSegment = segment;
      filesRemoved = false;
    }
  }

  private <T> T written(Supplier<T> write) {
    dirty = true;
    try {
      return write.get();
    } catch (StorageException.TooLarge e) {
      throw e;
    } catch (StorageException.OutOfDiskSpace e) {
      halt.now("no space left for the log in " + directory, e);
      throw e;
    } catch (RuntimeException e) {
      halt.now("the log in " + directory + " could not be written", e);
      throw e;
    }
  }

  @Override
  public void close() {
    delegate.close();
  }
}
