package io.weir.operators.routing.split;

import java.io.Serializable;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;

/**
 * An aggregate by key in tumbling windows of event time.
 *
 * @param key of a row; it has a hash code and an equality
 * @param function whose {@code merge} is associative and commutative, so that it does not matter
 *     who got which row. Sums of floating point numbers are so within their rounding only
 * @param windowMillis how long a window is; above 0
 * @param <ACC> what is known of a key in a window
 * @param <OUT> the result
 */
public record SplitAggregate<IN, K, ACC, OUT>(
    KeySelector<IN, K> key,
    TypeInformation<K> keyType,
    AggregateFunction<IN, ACC, OUT> function,
    TypeInformation<ACC> accumulatorType,
    TypeInformation<OUT> resultType,
    long windowMillis)
    implements Serializable {

  public SplitAggregate {
    if (windowMillis <= 0) {
      throw new IllegalArgumentException("a window of " + windowMillis + " ms; above 0 is allowed");
    }
  }

  long windowOf(long timestamp) {
    return Math.floorDiv(timestamp, windowMillis) * windowMillis;
  }

  /** The last moment that belongs to a window, and the watermark that closes it. */
  long lastOf(long window) {
    return window + windowMillis - 1;
  }
}
