package io.weir.jobs.connectors;

import io.weir.operators.row.Row;
import java.io.IOException;
import org.apache.flink.streaming.api.functions.sink.filesystem.PartFileInfo;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.CheckpointRollingPolicy;

/** Closes files at every checkpoint and when they are large. */
final class SinkFileRolling extends CheckpointRollingPolicy<Row, String> {

  private static final long serialVersionUID = 1;

  private final long maxBytes;

  SinkFileRolling(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public boolean shouldRollOnEvent(PartFileInfo<String> file, Row row) throws IOException {
    return file.getSize() >= maxBytes;
  }

  @Override
  public boolean shouldRollOnProcessingTime(PartFileInfo<String> file, long now) {
    return false;
  }
}
