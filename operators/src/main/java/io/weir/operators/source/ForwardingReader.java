package io.weir.operators.source;

import io.weir.operators.intake.RawRecord;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * A reader that has another one do all that it does not do itself. The task's thread, as for any
 * reader.
 *
 * @param <I> splits of the other reader
 * @param <S> splits of this one
 */
@SuppressWarnings("try") // close() throws what Flink lets it throw.
public abstract class ForwardingReader<I extends SourceSplit, S extends SourceSplit>
    implements SourceReader<RawRecord, S> {

  private final SourceReader<RawRecord, I> reader;

  protected ForwardingReader(SourceReader<RawRecord, I> reader) {
    this.reader = reader;
  }

  protected final SourceReader<RawRecord, I> reader() {
    return reader;
  }

  @Override
  public final void start() {
    reader.start();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<RawRecord> output) throws Exception {
    return reader.pollNext(output);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return reader.isAvailable();
  }

  @Override
  public final void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public final void handleSourceEvents(SourceEvent event) {
    reader.handleSourceEvents(event);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    reader.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public final void notifyCheckpointAborted(long checkpointId) throws Exception {
    reader.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public final void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
    reader.pauseOrResumeSplits(toPause, toResume);
  }

  @Override
  public final void close() throws Exception {
    reader.close();
  }
}
