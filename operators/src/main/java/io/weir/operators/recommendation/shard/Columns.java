package io.weir.operators.recommendation.shard;

import io.weir.operators.recommendation.model.Column;
import org.jspecify.annotations.Nullable;

/** The columns of one shard, wherever they are kept. */
public interface Columns {

  /** The column of an item, null if there is none; changes count once it is put back. */
  @Nullable Column get(Kind kind, long item);

  void put(Kind kind, long item, Column column);

  /** The items that have a column. */
  long[] items(Kind kind);
}
