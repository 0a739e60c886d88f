package io.weir.operators.recommendation;

import io.weir.operators.recommendation.model.Column;
import io.weir.operators.recommendation.model.Items;
import io.weir.operators.recommendation.shard.Columns;
import io.weir.operators.recommendation.shard.Kind;
import io.weir.operators.recommendation.shard.Shard;
import io.weir.operators.recommendation.shard.Shards;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.internal.InternalValueState;
import org.jspecify.annotations.Nullable;

/**
 * The shards of one subtask in Flink's keyed state: a key for each shard, and in it a namespace for
 * each column, so that a checkpoint copies no more than the columns that changed.
 */
final class KeyedShards {

  static final String SIMILARITY = "similarity";
  static final String SEQUENCE = "sequence";

  private final Shards shards;
  private final ShardKeys keys;
  private final KeyedStateBackend<Integer> backend;
  private final ValueState<Items> items;
  private final Map<Kind, InternalValueState<Integer, Long, Column>> columns;

  KeyedShards(
      Shards shards,
      ShardKeys keys,
      KeyedStateBackend<Integer> backend,
      ValueState<Items> items,
      Map<Kind, InternalValueState<Integer, Long, Column>> columns) {
    this.shards = shards;
    this.keys = keys;
    this.backend = backend;
    this.items = items;
    this.columns = columns;
  }

  /** A shard, to be put back when it has learned. Only one is open at a time. */
  Shard open(int number) throws IOException {
    backend.setCurrentKey(keys.keyOf(number));
    Items known = items.value();
    return new Shard(
        number, shards, known == null ? new Items() : known, new Current(keys.keyOf(number)));
  }

  /** Keeps what an open shard has learned. */
  void put(Shard shard) throws IOException {
    items.update(shard.items());
  }

  /** The columns under the current key. */
  private final class Current implements Columns {
    private final int key;

    Current(int key) {
      this.key = key;
    }

    @Override
    public @Nullable Column get(Kind kind, long item) {
      try {
        return of(kind, item).value();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void put(Kind kind, long item, Column column) {
      try {
        of(kind, item).update(column);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private InternalValueState<Integer, Long, Column> of(Kind kind, long item) {
      InternalValueState<Integer, Long, Column> state = Objects.requireNonNull(columns.get(kind));
      state.setCurrentNamespace(item);
      return state;
    }

    @Override
    public long[] items(Kind kind) {
      String name = kind == Kind.SIMILARITY ? SIMILARITY : SEQUENCE;
      try (Stream<Tuple2<Integer, Long>> all = backend.getKeysAndNamespaces(name)) {
        return all.filter(each -> each.f0 == key).mapToLong(each -> each.f1).toArray();
      }
    }
  }
}
