package io.weir.operators.window;

import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The hash of a row's group, the same in every JVM: for those who bring the rows of a group
 * together in front of {@link WindowedAggregation}. For one thread, as it has a buffer; a copy for
 * each other one.
 */
public final class GroupHash implements Serializable {

  private static final long serialVersionUID = 1;

  private final GroupColumns group;
  private transient @Nullable KeyEncoder encoder;

  /** The groups of a plan over rows with these columns. */
  public GroupHash(WindowPlan plan, Schema input) {
    group = plan.group(input);
  }

  /** Makes no object, but for the first row. */
  public int of(Row row) {
    KeyEncoder present = encoder;
    if (present == null) {
      present = new KeyEncoder(group);
      encoder = present;
    }
    present.encode(row);
    return present.hash();
  }
}
