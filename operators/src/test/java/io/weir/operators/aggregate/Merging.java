package io.weir.operators.aggregate;

import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Computes an aggregate in random parts, merged in a random tree, some written and read between.
 */
final class Merging {

  private Merging() {}

  static Accumulator inRandomParts(
      Aggregation aggregation, List<Row> rows, RandomGenerator random) {
    List<Accumulator> parts = new ArrayList<>();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      parts.add(aggregation.create());
    }
    for (Row row : rows) {
      int part = random.nextInt(count);
      parts.get(part).add(row);
      if (random.nextInt(50) == 0) {
        parts.set(part, throughBytes(aggregation, parts.get(part)));
      }
    }
    while (parts.size() > 1) {
      Accumulator gone = parts.remove(random.nextInt(parts.size()));
      int into = random.nextInt(parts.size());
      parts.get(into).merge(random.nextBoolean() ? gone : throughBytes(aggregation, gone));
      parts.set(
          into,
          random.nextBoolean() ? parts.get(into) : throughBytes(aggregation, parts.get(into)));
    }
    return parts.get(0);
  }

  /** Also reads with the aggregation that the signature names, as a restored job does. */
  static Accumulator throughBytes(Aggregation aggregation, Accumulator accumulator) {
    try {
      DataOutputSerializer out = new DataOutputSerializer(64);
      accumulator.write(out);
      DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
      Accumulator copy = aggregation.read(in);
      if (in.available() != 0) {
        throw new IllegalStateException(in.available() + " bytes were not read");
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Row resultOf(Aggregation aggregation, Accumulator accumulator) {
    Row out = new Row(1);
    if (!aggregation.writeResult(accumulator, out, 0, 0)) {
      throw new IllegalStateException("the result does not fit");
    }
    return out;
  }

  static Row compute(String expression, Schema schema, List<Row> rows) {
    Aggregation aggregation = Aggregations.create(AggregateExpression.parse(expression), schema);
    Accumulator accumulator = aggregation.create();
    rows.forEach(accumulator::add);
    return resultOf(aggregation, accumulator);
  }
}
