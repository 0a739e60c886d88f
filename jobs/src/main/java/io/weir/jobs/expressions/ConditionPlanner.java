package io.weir.jobs.expressions;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelReference;
import io.weir.jobs.expressions.Condition.Comparison;
import io.weir.jobs.expressions.Condition.Search;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Schema;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns a checked expression into {@link Condition}s: into our own where it has a form that they
 * know, into {@link Interpreted} ones elsewhere.
 */
final class ConditionPlanner {

  // Up to here every whole number is a double, so that comparing as doubles is exact.
  private static final long MAX_EXACT = 1L << 53;

  private static final Map<String, Comparison> COMPARISONS =
      Map.of(
          "_<_", Comparison.LESS,
          "_<=_", Comparison.LESS_EQUALS,
          "_>_", Comparison.GREATER,
          "_>=_", Comparison.GREATER_EQUALS,
          "_==_", Comparison.EQUALS,
          "_!=_", Comparison.NOT_EQUALS);
  private static final Map<String, Search> SEARCHES =
      Map.of(
          "startsWith", Search.STARTS_WITH,
          "endsWith", Search.ENDS_WITH,
          "contains", Search.CONTAINS);

  /** Functions that have no value where an argument is null. */
  private static final Set<String> STRICT =
      Set.of(
          "_<_",
          "_<=_",
          "_>_",
          "_>=_",
          "_+_",
          "_-_",
          "_*_",
          "_/_",
          "_%_",
          "-_",
          "size",
          "startsWith",
          "endsWith",
          "contains",
          "matches",
          "int",
          "double",
          "getFullYear",
          "getMonth",
          "getDate",
          "getDayOfMonth",
          "getDayOfWeek",
          "getDayOfYear",
          "getHours",
          "getMinutes",
          "getSeconds",
          "getMilliseconds",
          "timestamp",
          "duration");

  private final CelAbstractSyntaxTree checked;
  private final Schema schema;

  ConditionPlanner(CelAbstractSyntaxTree checked, Schema schema) {
    this.checked = checked;
    this.schema = schema;
  }

  Condition plan() {
    return plan(checked.getExpr());
  }

  private Condition plan(CelExpr expr) {
    int column = columnOf(expr);
    if (column >= 0) {
      return new Condition.IsTrue(column);
    }
    Condition known = expr.getKind() == CelExpr.ExprKind.Kind.CALL ? planCall(expr.call()) : null;
    return known == null ? interpreted(expr) : known;
  }

  private @Nullable Condition planCall(CelCall call) {
    List<CelExpr> args = call.args();
    Comparison comparison = COMPARISONS.get(call.function());
    if (comparison != null) {
      return planComparison(comparison, args.get(0), args.get(1));
    }
    return switch (call.function()) {
      case "_&&_" -> new Condition.And(plan(args.get(0)), plan(args.get(1)));
      case "_||_" -> new Condition.Or(plan(args.get(0)), plan(args.get(1)));
      case "!_" -> new Condition.Not(plan(args.get(0)));
      case "@in" -> planIn(columnOf(args.get(0)), args.get(1));
      case "startsWith", "endsWith", "contains" -> planSearch(call);
      default -> null;
    };
  }

  private @Nullable Condition planComparison(Comparison comparison, CelExpr left, CelExpr right) {
    int column = columnOf(left);
    if (column >= 0) {
      return planComparison(comparison, column, right);
    }
    int other = columnOf(right);
    return other < 0 ? null : planComparison(comparison.flipped(), other, left);
  }

  private @Nullable Condition planComparison(Comparison comparison, int column, CelExpr constant) {
    if (isConstant(constant, CelConstant.Kind.NULL_VALUE)) {
      Condition isNull = new Condition.IsNull(column);
      return comparison == Comparison.EQUALS ? isNull : new Condition.Not(isNull);
    }
    return switch (schema.type(column)) {
      case LONG -> compareLong(comparison, column, constant);
      case DOUBLE -> compareDouble(comparison, column, constant);
      case TIME -> compareTime(comparison, column, constant);
      case STRING, JSON -> compareText(comparison, column, constant);
      case BOOLEAN -> null;
    };
  }

  private static @Nullable Condition compareLong(Comparison comparison, int column, CelExpr right) {
    return isConstant(right, CelConstant.Kind.INT64_VALUE)
        ? new Condition.CompareLong(column, comparison, right.constant().int64Value())
        : null;
  }

  private static @Nullable Condition compareDouble(
      Comparison comparison, int column, CelExpr right) {
    if (isConstant(right, CelConstant.Kind.DOUBLE_VALUE)) {
      return new Condition.CompareDouble(column, comparison, right.constant().doubleValue());
    }
    if (!isConstant(right, CelConstant.Kind.INT64_VALUE)) {
      return null;
    }
    long number = right.constant().int64Value();
    return number >= -MAX_EXACT && number <= MAX_EXACT
        ? new Condition.CompareDouble(column, comparison, number)
        : null;
  }

  private static @Nullable Condition compareTime(Comparison comparison, int column, CelExpr right) {
    return timestamp(right)
        .filter(instant -> instant.equals(instant.truncatedTo(ChronoUnit.MICROS)))
        .map(instant -> new Condition.CompareLong(column, comparison, micros(instant)))
        .orElse(null);
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  private static Optional<Instant> timestamp(CelExpr expr) {
    boolean literal =
        expr.getKind() == CelExpr.ExprKind.Kind.CALL
            && expr.call().function().equals("timestamp")
            && isConstant(expr.call().args().get(0), CelConstant.Kind.STRING_VALUE);
    if (!literal) {
      return Optional.empty();
    }
    try {
      String text = expr.call().args().get(0).constant().stringValue();
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty(); // CEL will say what it thinks of it.
    }
  }

  private static @Nullable Condition compareText(Comparison comparison, int column, CelExpr right) {
    boolean equality = comparison == Comparison.EQUALS || comparison == Comparison.NOT_EQUALS;
    if (!equality || !isConstant(right, CelConstant.Kind.STRING_VALUE)) {
      return null;
    }
    Condition equals = new Condition.TextEquals(column, right.constant().stringValue());
    return comparison == Comparison.EQUALS ? equals : new Condition.Not(equals);
  }

  private @Nullable Condition planIn(int column, CelExpr list) {
    if (column < 0 || list.getKind() != CelExpr.ExprKind.Kind.LIST) {
      return null;
    }
    List<CelExpr> elements = list.list().elements();
    ColumnType type = schema.type(column);
    if (type == ColumnType.LONG && areConstants(elements, CelConstant.Kind.INT64_VALUE)) {
      return new Condition.LongIn(
          column, elements.stream().mapToLong(e -> e.constant().int64Value()).toArray());
    }
    if (type.isText() && areConstants(elements, CelConstant.Kind.STRING_VALUE)) {
      return new Condition.TextIn(
          column,
          elements.stream().map(e -> e.constant().stringValue()).collect(Collectors.toSet()));
    }
    return null;
  }

  private @Nullable Condition planSearch(CelCall call) {
    Search search = SEARCHES.get(call.function());
    int column = call.target().map(this::columnOf).orElse(-1);
    CelExpr sought = call.args().get(0);
    return search != null && column >= 0 && isConstant(sought, CelConstant.Kind.STRING_VALUE)
        ? new Condition.SearchText(column, search, sought.constant().stringValue())
        : null;
  }

  private Condition interpreted(CelExpr expr) {
    Set<Integer> columns = new TreeSet<>();
    boolean strict = collectStrict(expr, columns);
    CelAbstractSyntaxTree part =
        CelAbstractSyntaxTree.newCheckedAst(
            expr, checked.getSource(), checked.getReferenceMap(), checked.getTypeMap());
    return new Interpreted(
        Language.program(part),
        schema,
        strict ? columns.stream().mapToInt(Integer::intValue).toArray() : new int[0]);
  }

  /** Whether the expression has no value where any of its columns, which are collected, is null. */
  private boolean collectStrict(CelExpr expr, Set<Integer> columns) {
    int column = columnOf(expr);
    if (column >= 0) {
      columns.add(column);
      return true;
    }
    if (expr.getKind() != CelExpr.ExprKind.Kind.CALL) {
      return expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT;
    }
    CelCall call = expr.call();
    boolean strict = STRICT.contains(call.function());
    for (CelExpr arg : call.args()) {
      strict &= collectStrict(arg, columns);
    }
    return strict && call.target().map(target -> collectStrict(target, columns)).orElse(true);
  }

  private int columnOf(CelExpr expr) {
    CelReference reference = checked.getReferenceMap().get(expr.id());
    return reference == null || reference.name().isEmpty() ? -1 : schema.indexOf(reference.name());
  }

  private static boolean areConstants(List<CelExpr> elements, CelConstant.Kind kind) {
    return elements.stream().allMatch(element -> isConstant(element, kind));
  }

  private static boolean isConstant(CelExpr expr, CelConstant.Kind kind) {
    return expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT && expr.constant().getKind() == kind;
  }
}
