package io.weir.jobs.analytics;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.weir.jobs.expressions.RowPredicate;
import io.weir.jobs.live.LiveSettings;
import io.weir.jobs.live.StampSettings;
import io.weir.jobs.routing.ExchangeSettings;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is computed: {@code where}, {@code group-by}, {@code window}, {@code aggregates}; and
 * where, {@code routing}.
 *
 * @param rows the columns that any of them uses; all columns where a store holds the condition
 * @param where the condition of the settings; null if there is none, or a store holds it
 * @param exchange how rows get to those who compute
 * @param live whether a store holds the condition, the sizes of lists and the exchange's rules
 * @param stamps whether rows are stamped, and where to
 */
record PlanSettings(
    Schema rows,
    @Nullable RowPredicate where,
    WindowPlan plan,
    ExchangeSettings exchange,
    boolean live,
    StampSettings stamps) {

  private static final WindowPlan STAND_IN =
      new WindowPlan(
          List.of(),
          Windowing.tumbling(Duration.ofMinutes(1)),
          List.of(NamedAggregate.of("rows", "count")));

  // No column has this name: what is wrong with a plan of it is wrong with its groups.
  private static final List<NamedAggregate> NAMELESS = List.of(NamedAggregate.of("", "count"));

  static PlanSettings read(Section job, Schema input) {
    Set<String> used = new LinkedHashSet<>();
    List<String> groupBy = groupBy(job, input, used);
    Windowing windowing = WindowSettings.read(job.section("window"));
    Optional<List<NamedAggregate>> aggregates = aggregates(job, input, used);
    Optional<RowPredicate> where = where(job, input);
    where.ifPresent(predicate -> used.addAll(predicate.columns()));
    boolean live = LiveSettings.isLive(job);
    if (live && where.isPresent()) {
      job.problem(
          "where",
          "belongs into the live configuration where there is a store; initial-configuration can"
              + " name a file with it");
    }
    StampSettings stamps = StampSettings.read(job);
    Schema rows = stamps.columns(job, live ? input : projection(input, used));
    return new PlanSettings(
        rows,
        where.map(predicate -> predicate.on(rows)).orElse(null),
        aggregates
            .flatMap(all -> plan(job, "aggregates", groupBy, windowing, all))
            .orElse(STAND_IN),
        ExchangeSettings.read(job, live),
        live,
        stamps);
  }

  /** What documents of the job's live configuration mean. */
  RulesType rules() {
    return new RulesType(
        new WhereType(rows, new RoutingType(exchange.by())), new LengthsType(lists()));
  }

  private Set<String> lists() {
    Set<String> lists = new LinkedHashSet<>();
    for (NamedAggregate aggregate : plan.aggregates()) {
      if (aggregate.expression().function().endsWith("top")) {
        lists.add(aggregate.name());
      }
    }
    return lists;
  }

  /** The document of a job without a store: what its settings say. */
  String fixedRules() {
    String condition = where == null ? "" : "\"where\": \"" + quoted(where.toString()) + "\"";
    return Stream.of(condition, exchange.rules().json())
        .filter(member -> !member.isEmpty())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String quoted(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  private static List<String> groupBy(Section job, Schema input, Set<String> used) {
    List<String> columns =
        job.texts("group-by").stream().filter(column -> isColumn(job, column, input)).toList();
    used.addAll(columns);
    return plan(job, "group-by", columns, STAND_IN.windowing(), NAMELESS)
        .map(WindowPlan::groupBy)
        .orElse(List.of());
  }

  private static boolean isColumn(Section job, String column, Schema input) {
    boolean known = input.size() == 0 || input.indexOf(column) >= 0;
    if (!known) {
      job.problem("group-by", "there is no column " + column + "; there are " + input.names());
    }
    return known;
  }

  private static Optional<RowPredicate> where(Section job, Schema input) {
    if (input.size() == 0) {
      job.know("where");
      return Optional.empty();
    }
    return RowPredicate.read(job, "where", input);
  }

  /** The aggregates; nothing where one of them, or all, are missing or wrong. */
  private static Optional<List<NamedAggregate>> aggregates(
      Section job, Schema input, Set<String> used) {
    Section section = job.section("aggregates");
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
    return job.has("aggregates") && aggregates.size() == section.keys().size()
        ? Optional.of(aggregates)
        : Optional.empty();
  }

  private static Optional<AggregateExpression> aggregate(
      Section section, String name, Schema input) {
    String text = section.text(name);
    if (!section.isText(name)) {
      return Optional.empty(); // Reported already.
    }
    try {
      AggregateExpression expression = AggregateExpression.parse(text);
      if (input.size() > 0) {
        Aggregations.create(expression, input);
      }
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

  private static Optional<WindowPlan> plan(
      Section job,
      String key,
      List<String> groupBy,
      Windowing windowing,
      List<NamedAggregate> aggregates) {
    try {
      return Optional.of(new WindowPlan(groupBy, windowing, aggregates));
    } catch (IllegalArgumentException e) {
      job.problem(key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
