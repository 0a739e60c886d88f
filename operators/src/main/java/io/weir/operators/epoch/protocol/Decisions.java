package io.weir.operators.epoch.protocol;

import io.weir.operators.epoch.message.Document;
import io.weir.operators.epoch.protocol.Member.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which document is in force behind which barrier, from the checkpoint on that the job would go
 * back to; and at which of these checkpoints subtasks begin.
 */
final class Decisions {

  private final NavigableMap<Long, Document> decided = new TreeMap<>();
  // Where subtasks begin that were restored while others went on.
  private final Map<Place, Long> resets = new HashMap<>();
  // The checkpoint that the job as a whole began with, or was last restored from.
  private long base = EpochProtocol.NO_CHECKPOINT;

  /** What is in force behind a checkpoint's barrier; null if that is not known. */
  @Nullable Document behind(long checkpoint) {
    return decided.get(checkpoint);
  }

  void decide(long checkpoint, Document document) {
    decided.put(checkpoint, document);
  }

  /** A checkpoint has completed: nobody goes back behind it. */
  void forgetBefore(long checkpoint) {
    decided.headMap(checkpoint).clear();
  }

  void forgetAll() {
    decided.clear();
  }

  long base() {
    return base;
  }

  /** The job as a whole begins there, and so do an operator's subtasks. */
  void restart(String operator, long checkpoint) {
    resets.keySet().removeIf(place -> place.operator().equals(operator));
    base = checkpoint;
  }

  // Kept until the whole operator restarts: each attempt is reset anew, or all are restored.
  void reset(Place place, long checkpoint) {
    resets.put(place, checkpoint);
  }

  boolean isReset(Place place) {
    return resets.containsKey(place);
  }

  /** The checkpoint that a subtask begins at. */
  long startOf(Place place) {
    return resets.getOrDefault(place, base);
  }
}
