package io.weir.jobs.expressions;

import io.weir.operators.row.Row;
import java.util.Arrays;
import java.util.Set;

/**
 * A part of a condition, of three values: unknown is what CEL calls an error, such as the order of
 * a null. An unknown part leaves a whole unknown only where it matters, as in Kleene's logic and in
 * SQL.
 */
abstract class Condition {

  static final int FALSE = 0;
  static final int TRUE = 1;
  static final int UNKNOWN = 2;

  /** {@link #TRUE}, {@link #FALSE} or {@link #UNKNOWN}. */
  abstract int test(Row row);

  private static int of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** Comparisons that a constant on the right takes part in. */
  enum Comparison {
    LESS,
    LESS_EQUALS,
    GREATER,
    GREATER_EQUALS,
    EQUALS,
    NOT_EQUALS;

    /** The comparison with its sides exchanged. */
    Comparison flipped() {
      return switch (this) {
        case LESS -> GREATER;
        case LESS_EQUALS -> GREATER_EQUALS;
        case GREATER -> LESS;
        case GREATER_EQUALS -> LESS_EQUALS;
        case EQUALS, NOT_EQUALS -> this;
      };
    }

    // A null differs from every constant, and is neither before nor behind it.
    private int ofNull() {
      return this == EQUALS ? FALSE : this == NOT_EQUALS ? TRUE : UNKNOWN;
    }

    private boolean of(int order) {
      return switch (this) {
        case LESS -> order < 0;
        case LESS_EQUALS -> order <= 0;
        case GREATER -> order > 0;
        case GREATER_EQUALS -> order >= 0;
        case EQUALS -> order == 0;
        case NOT_EQUALS -> order != 0;
      };
    }
  }

  static final class And extends Condition {
    private final Condition left;
    private final Condition right;

    And(Condition left, Condition right) {
      this.left = left;
      this.right = right;
    }

    @Override
    int test(Row row) {
      int first = left.test(row);
      if (first == FALSE) {
        return FALSE;
      }
      int second = right.test(row);
      return second == FALSE ? FALSE : Math.max(first, second);
    }
  }

  static final class Or extends Condition {
    private final Condition left;
    private final Condition right;

    Or(Condition left, Condition right) {
      this.left = left;
      this.right = right;
    }

    @Override
    int test(Row row) {
      int first = left.test(row);
      if (first == TRUE) {
        return TRUE;
      }
      int second = right.test(row);
      return second == TRUE ? TRUE : Math.max(first, second);
    }
  }

  static final class Not extends Condition {
    private final Condition operand;

    Not(Condition operand) {
      this.operand = operand;
    }

    @Override
    int test(Row row) {
      int value = operand.test(row);
      return value == UNKNOWN ? UNKNOWN : TRUE - value;
    }
  }

  /** A BOOLEAN column by itself. */
  static final class IsTrue extends Condition {
    private final int column;

    IsTrue(int column) {
      this.column = column;
    }

    @Override
    int test(Row row) {
      return row.isNull(column) ? UNKNOWN : of(row.booleanAt(column));
    }
  }

  static final class IsNull extends Condition {
    private final int column;

    IsNull(int column) {
      this.column = column;
    }

    @Override
    int test(Row row) {
      return of(row.isNull(column));
    }
  }

  /** A LONG or TIME column and a constant. */
  static final class CompareLong extends Condition {
    private final int column;
    private final Comparison comparison;
    private final long constant;

    CompareLong(int column, Comparison comparison, long constant) {
      this.column = column;
      this.comparison = comparison;
      this.constant = constant;
    }

    @Override
    int test(Row row) {
      return row.isNull(column)
          ? comparison.ofNull()
          : of(comparison.of(Long.compare(row.longAt(column), constant)));
    }
  }

  /** A DOUBLE column and a constant that is a number. */
  static final class CompareDouble extends Condition {
    private final int column;
    private final Comparison comparison;
    private final double constant;

    CompareDouble(int column, Comparison comparison, double constant) {
      this.column = column;
      this.comparison = comparison;
      this.constant = constant;
    }

    @Override
    int test(Row row) {
      if (row.isNull(column)) {
        return comparison.ofNull();
      }
      double value = row.doubleAt(column);
      if (Double.isNaN(value)) {
        return of(comparison == Comparison.NOT_EQUALS);
      }
      int order = value < constant ? -1 : value > constant ? 1 : 0;
      return of(comparison.of(order));
    }
  }

  static final class TextEquals extends Condition {
    private final int column;
    private final String constant;

    TextEquals(int column, String constant) {
      this.column = column;
      this.constant = constant;
    }

    @Override
    int test(Row row) {
      return of(!row.isNull(column) && row.textAt(column).equals(constant));
    }
  }

  /** What is asked of a text. */
  enum Search {
    STARTS_WITH,
    ENDS_WITH,
    CONTAINS
  }

  static final class SearchText extends Condition {
    private final int column;
    private final Search search;
    private final String constant;

    SearchText(int column, Search search, String constant) {
      this.column = column;
      this.search = search;
      this.constant = constant;
    }

    @Override
    int test(Row row) {
      if (row.isNull(column)) {
        return UNKNOWN;
      }
      String text = row.textAt(column);
      return of(
          switch (search) {
            case STARTS_WITH -> text.startsWith(constant);
            case ENDS_WITH -> text.endsWith(constant);
            case CONTAINS -> text.contains(constant);
          });
    }
  }

  static final class LongIn extends Condition {
    private final int column;
    private final long[] sorted;

    LongIn(int column, long[] constants) {
      this.column = column;
      this.sorted = constants.clone();
      Arrays.sort(sorted);
    }

    @Override
    int test(Row row) {
      return of(!row.isNull(column) && Arrays.binarySearch(sorted, row.longAt(column)) >= 0);
    }
  }

  static final class TextIn extends Condition {
    private final int column;
    private final Set<String> constants;

    TextIn(int column, Set<String> constants) {
      this.column = column;
      this.constants = constants;
    }

    @Override
    int test(Row row) {
      return of(!row.isNull(column) && constants.contains(row.textAt(column)));
    }
  }
}
