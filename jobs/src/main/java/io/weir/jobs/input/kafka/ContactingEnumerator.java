package io.weir.jobs.input.kafka;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/**
 * Starts another enumerator when contact has been made; the asking is done by a worker thread. What
 * contact fails with fails the job.
 */
final class ContactingEnumerator<S extends SourceSplit, E> implements SplitEnumerator<S, E> {

  private final SplitEnumerator<S, E> enumerator;
  private final SplitEnumeratorContext<S> context;
  private final Callable<?> contact;

  ContactingEnumerator(
      SplitEnumerator<S, E> enumerator, SplitEnumeratorContext<S> context, Callable<?> contact) {
    this.enumerator = enumerator;
    this.context = context;
    this.contact = contact;
  }

  @Override
  public void start() {
    context.callAsync(contact::call, (answer, failure) -> goOn(failure));
  }

  private void goOn(@Nullable Throwable failure) {
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure != null) {
      throw new IllegalStateException("contact was not made", failure);
    }
    enumerator.start();
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String hostname) {
    enumerator.handleSplitRequest(subtask, hostname);
  }

  @Override
  public void addSplitsBack(List<S> splits, int subtask) {
    enumerator.addSplitsBack(splits, subtask);
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
