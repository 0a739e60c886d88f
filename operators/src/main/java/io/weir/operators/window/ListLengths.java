package io.weir.operators.window;

import io.weir.operators.epoch.ConfigurationType;
import java.util.List;
import java.util.Map;

/**
 * What live configuration may say of windows: how long lists such as {@code top} are, for windows
 * whose first row comes under that version.
 *
 * @param byAggregate lengths by the names of aggregates; others are as declared
 */
public record ListLengths(Map<String, Integer> byAggregate) {

  /** All as declared. */
  public static final ListLengths DECLARED = new ListLengths(Map.of());

  public ListLengths {
    byAggregate = Map.copyOf(byAggregate);
  }

  /** In the order of the aggregates, 0 where a length is as declared. */
  int[] of(List<NamedAggregate> aggregates) {
    return aggregates.stream()
        .mapToInt(aggregate -> byAggregate.getOrDefault(aggregate.name(), 0))
        .toArray();
  }

  /** For jobs whose configuration says nothing of windows. */
  enum AsDeclared implements ConfigurationType<ListLengths> {
    TYPE;

    @Override
    public String schema() {
      return "{}";
    }

    @Override
    public ListLengths decode(String document) {
      return DECLARED;
    }
  }
}
