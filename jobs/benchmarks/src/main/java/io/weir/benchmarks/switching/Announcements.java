package io.weir.benchmarks.switching;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;

/** A source of versions, in the same process: nothing that users have is quicker. */
// The newer interface of sources takes a dozen classes for the same.
@SuppressWarnings("deprecation")
final class Announcements implements SourceFunction<Long> {

  private static final long serialVersionUID = 1;
  private static final BlockingQueue<Long> QUEUE = new LinkedBlockingQueue<>();

  private volatile boolean cancelled;

  static void announce(long version) {
    QUEUE.add(version);
  }

  @Override
  public void run(SourceContext<Long> context) throws Exception {
    while (!cancelled) {
      Long version = QUEUE.poll(100, TimeUnit.MILLISECONDS);
      if (version != null) {
        synchronized (context.getCheckpointLock()) {
          context.collect(version);
        }
      }
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
  }
}
