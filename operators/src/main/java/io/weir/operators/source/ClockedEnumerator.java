package io.weir.operators.source;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.jspecify.annotations.Nullable;

/**
 * The wrapped source's enumerator, which knows nothing of clocks: a split that comes back was
 * assigned after the checkpoint that the job returned to, so nothing has been read of it.
 */
final class ClockedEnumerator<S extends SourceSplit, E>
    implements SplitEnumerator<ClockedSplit<S>, E> {

  private final SplitEnumerator<S, E> enumerator;

  ClockedEnumerator(SplitEnumerator<S, E> enumerator) {
    this.enumerator = enumerator;
  }

  @Override
  public void start() {
    enumerator.start();
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String hostname) {
    enumerator.handleSplitRequest(subtask, hostname);
  }

  @Override
  public void addSplitsBack(List<ClockedSplit<S>> splits, int subtask) {
    enumerator.addSplitsBack(splits.stream().map(ClockedSplit::split).toList(), subtask);
  }

  @Override
  public void addReader(int subtask) {
    enumerator.addReader(subtask);
  }

  @Override
  public E snapshotState(long checkpointId) throws Exception {
    return enumerator.snapshotState(checkpointId);
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    enumerator.handleSourceEvent(subtask, event);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    enumerator.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    enumerator.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void close() throws IOException {
    enumerator.close();
  }
}
