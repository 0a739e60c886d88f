package io.weir.operators.source.ordered;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Says where a record belongs in the order. Used by one thread after {@link #open()}. */
public interface SortKey extends Serializable {

  /** Called once, before the first record. */
  default void open() {}

  /**
   * The key of a record: smaller keys come first, compared as unsigned bytes, a shorter one before
   * its extensions. Records without a key, such as those that cannot be decoded, come last.
   *
   * @param record its bytes; not modified, not kept
   */
  byte @Nullable [] keyOf(byte[] record);
}
