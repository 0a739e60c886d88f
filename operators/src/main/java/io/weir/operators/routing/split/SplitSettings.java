package io.weir.operators.routing.split;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.operator.Epochs;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * How the keys of an aggregate are split.
 *
 * @param epochs the job's live configuration
 * @param type what the job's documents say about these keys
 * @param uid the operators' uids are this and {@code -route}, {@code -partial} and {@code -merge}
 * @param maxEntries how many partial results (keys times windows) a receiver holds before it passes
 *     all of them on; above 0. Too small: more of them cross the network. Too large: memory, and a
 *     burst at each checkpoint
 */
public record SplitSettings(
    Epochs epochs, ConfigurationType<KeySplit> type, String uid, int maxEntries) {

  public static final int DEFAULT_MAX_ENTRIES = 100_000;

  public SplitSettings {
    if (maxEntries <= 0) {
      throw new IllegalArgumentException(
          "partial results within " + maxEntries + " entries; at least 1 is needed");
    }
  }

  /** Keys that are always split, or never. */
  public static SplitSettings fixed(StreamExecutionEnvironment env, boolean split, String uid) {
    return new SplitSettings(
        Epochs.of(env, EpochSettings.fixed(uid, "")), new Fixed(split), uid, DEFAULT_MAX_ENTRIES);
  }

  /** Means the same by every document. */
  private record Fixed(boolean split) implements ConfigurationType<KeySplit> {

    @Override
    public String schema() {
      return "true";
    }

    @Override
    public KeySplit decode(String document) {
      return new KeySplit(split);
    }
  }
}
