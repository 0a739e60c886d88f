package io.weir.jobs.analytics;

import io.weir.jobs.expressions.RowPredicate;
import io.weir.jobs.settings.Section;
import io.weir.operators.aggregate.AggregateExpression;
import io.weir.operators.aggregate.Aggregations;
import io.weir.operators.row.Schema;
import io.weir.operators.window.NamedAggregate;
import io.weir.operators.window.WindowPlan;
import io.weir.operators.window.Windowing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is computed: {@code where}, {@code group-by}, {@code window}, {@code aggregates}.
 *
 * @param rows the columns that any of them uses
 */
record PlanSettings(Schema rows, @Nullable RowPredicate where, WindowPlan plan) {

  private static final WindowPlan STAND_IN =
      new WindowPlan(
          List.of(),
          Windowing.tumbling(Duration.ofMinutes(1)),
          List.of(NamedAggregate.of("rows", "count")));

  static PlanSettings read(Section job, Schema input) {
    Set<String> used = new LinkedHashSet<>();
    List<String> groupBy = groupBy(job, input, used);
    Windowing windowing = WindowSettings.read(job.section("window"));
    List<NamedAggregate> aggregates = aggregates(job.section("aggregates"), input, used);
    Optional<RowPredicate> where = RowPredicate.read(job, "where", input);
    where.ifPresent(predicate -> used.addAll(predicate.columns()));
    Schema rows = projection(input, used);
    return new PlanSettings(
        rows,
        where.map(predicate -> predicate.on(rows)).orElse(null),
        plan(job, groupBy, windowing, aggregates));
  }

  private static List<String> groupBy(Section job, Schema input, Set<String> used) {
    List<String> columns = job.texts("group-by");
    for (String column : columns) {
      if (input.indexOf(column) < 0) {
        job.problem("group-by", "there is no column " + column + "; there are " + input.names());
      }
    }
    used.addAll(columns);
    return columns;
  }

  private static List<NamedAggregate> aggregates(Section section, Schema input, Set<String> used) {
    List<NamedAggregate> aggregates = new ArrayList<>();
    for (String name : section.keys()) {
      aggregate(section, name, input)
          .ifPresent(
              expression -> {
                aggregates.add(new NamedAggregate(name, expression));
                expression.arguments().stream().limit(1).forEach(used::add);
              });
    }
    section.done();
    return aggregates;
  }

  private static Optional<AggregateExpression> aggregate(
      Section section, String name, Schema input) {
    try {
      AggregateExpression expression = AggregateExpression.parse(section.text(name));
      Aggregations.create(expression, input);
      return Optional.of(expression);
    } catch (IllegalArgumentException e) {
      section.problem(name, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static Schema projection(Schema input, Set<String> used) {
    return new Schema(
        input.columns().stream().filter(column -> used.contains(column.name())).toList());
  }

  private static WindowPlan plan(
      Section job, List<String> groupBy, Windowing windowing, List<NamedAggregate> aggregates) {
    try {
      return new WindowPlan(groupBy, windowing, aggregates);
    } catch (IllegalArgumentException e) {
      job.problem("aggregates", String.valueOf(e.getMessage()));
      return STAND_IN;
    }
  }
}
