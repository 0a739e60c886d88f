package io.weir.operators.epoch.message;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.streaming.api.operators.collect.CollectCoordinationResponse;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@link Hello}. Flink reads answers with its own class loader, which does not know
 * the classes of a job; so this one travels as bytes in a class of Flink's.
 *
 * @param document in force when the subtask processes its first record; null: none is known
 * @param checkpoint the one whose state the subtask has; negative: none
 * @param failure why there will be none; null: ask again
 */
public record Welcome(@Nullable Document document, long checkpoint, @Nullable String failure)
    implements Serializable {

  private static final long NO_CHECKPOINT = -1;
  private static final String ENVELOPE = "weir";
  private static final BytePrimitiveArraySerializer BYTES = BytePrimitiveArraySerializer.INSTANCE;

  /** To a subtask that has no state. */
  public static Welcome under(Document document) {
    return new Welcome(document, NO_CHECKPOINT, null);
  }

  /** The same to a subtask that has the state of a checkpoint. */
  public Welcome from(long restored) {
    return new Welcome(document, restored, failure);
  }

  public static Welcome notYet() {
    return new Welcome(null, NO_CHECKPOINT, null);
  }

  public static Welcome never(String reason) {
    return new Welcome(null, NO_CHECKPOINT, reason);
  }

  /** Packs it for the way through Flink. */
  public CoordinationResponse pack() {
    try {
      DataOutputSerializer out = new DataOutputSerializer(256);
      BYTES.serialize(InstantiationUtil.serializeObject(this), out);
      return new CollectCoordinationResponse(ENVELOPE, 0, List.of(out.getCopyOfBuffer()));
    } catch (IOException e) {
      throw new IllegalStateException("memory takes everything", e);
    }
  }

  /** Unpacks what {@link #pack} made. */
  public static Welcome unpack(CoordinationResponse response)
      throws IOException, ClassNotFoundException {
    CollectCoordinationResponse envelope = (CollectCoordinationResponse) response;
    return InstantiationUtil.deserializeObject(
        envelope.getResults(BYTES).get(0), Welcome.class.getClassLoader());
  }
}
