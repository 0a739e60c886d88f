package io.weir.operators.window;

import io.weir.operators.aggregate.Aggregation;
import io.weir.operators.aggregate.Aggregations;
import io.weir.operators.row.Schema;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is computed over which windows.
 *
 * @param groupBy columns of the input; may be empty
 * @param windowing how time is cut
 * @param aggregates at least one, in the order of the results' columns
 * @param preAggregation how much is held in front of the shuffle
 */
public record WindowPlan(
    List<String> groupBy,
    Windowing windowing,
    List<NamedAggregate> aggregates,
    PreAggregation preAggregation)
    implements Serializable {

  public WindowPlan {
    groupBy = List.copyOf(groupBy);
    aggregates = List.copyOf(aggregates);
    if (aggregates.isEmpty()) {
      throw new IllegalArgumentException("a window needs at least one aggregate");
    }
    requireUnique(groupBy, aggregates);
  }

  public WindowPlan(List<String> groupBy, Windowing windowing, List<NamedAggregate> aggregates) {
    this(groupBy, windowing, aggregates, PreAggregation.DEFAULT);
  }

  private static void requireUnique(List<String> groupBy, List<NamedAggregate> aggregates) {
    Set<String> taken =
        new HashSet<>(
            List.of(
                ResultRows.WINDOW_START,
                ResultRows.WINDOW_END,
                ResultRows.VERSION,
                ResultRows.SINCE_VERSION));
    for (String column : groupBy) {
      requireNew(taken, column, "group column");
    }
    for (NamedAggregate aggregate : aggregates) {
      requireNew(taken, aggregate.name(), "aggregate");
    }
  }

  private static void requireNew(Set<String> taken, String name, String what) {
    if (!taken.add(name)) {
      throw new IllegalArgumentException(
          "a second column of the results would be named "
              + name
              + ", by the "
              + what
              + "; they are window_start, window_end, group columns, aggregates, version,"
              + " since_version");
    }
  }

  /**
   * The results, with the columns window_start and window_end (TIME), the group columns, the
   * aggregates in order, version and since_version (LONG).
   *
   * @throws IllegalArgumentException if the plan does not fit the input
   */
  ResultRows results(Schema input) {
    return new ResultRows(
        group(input), aggregates.stream().map(NamedAggregate::name).toList(), aggregations(input));
  }

  GroupColumns group(Schema input) {
    return new GroupColumns(groupBy, input);
  }

  PieceSerializer pieces(Schema input) {
    List<String> groupTypes = groupBy.stream().map(c -> typeOf(c, input)).toList();
    return new PieceSerializer(windowing + " by " + groupTypes, PieceShape.of(aggregations(input)));
  }

  private static String typeOf(String column, Schema input) {
    return input.type(input.requireIndexOf(column)).name();
  }

  private List<Aggregation> aggregations(Schema input) {
    return aggregates.stream().map(a -> Aggregations.create(a.expression(), input)).toList();
  }
}
