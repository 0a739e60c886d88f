package io.weir.operators.source;

import io.weir.operators.intake.OriginClock;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A split and the clock of its origin.
 *
 * @param <S> the splits of the wrapped source
 */
public record ClockedSplit<S extends SourceSplit>(S split, OriginClock clock)
    implements SourceSplit {

  /** A split that nothing has been read of. */
  static <S extends SourceSplit> ClockedSplit<S> fresh(S split) {
    return new ClockedSplit<>(split, new OriginClock(split.splitId()));
  }

  @Override
  public String splitId() {
    return split.splitId();
  }
}
