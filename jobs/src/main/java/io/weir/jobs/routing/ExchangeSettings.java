package io.weir.jobs.routing;

import io.weir.jobs.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a job's settings say of its exchange:
 *
 * <pre>
 * routing: {by: row}       # or group, or none, which is the default
 * </pre>
 *
 * <p>Without a store, what a live configuration would say stands here too: {@code {by: row,
 * strategy: least-backlog}}.
 *
 * @param by whether there is one, and what it goes by
 * @param rules of a job without a store
 */
public record ExchangeSettings(Exchange by, RoutingRules rules) {

  private static final ExchangeSettings NONE =
      new ExchangeSettings(Exchange.NONE, RoutingRules.NONE);

  /**
   * Reads the keys; what is returned is used only if nothing was wrong.
   *
   * @param live whether a store holds the rules
   */
  public static ExchangeSettings read(Section job, boolean live) {
    if (!job.has("routing")) {
      return NONE;
    }
    Section section = job.section("routing");
    Optional<Exchange> by = section.chosen("by", Exchange.class);
    RoutingRules rules = rules(section);
    section.done();
    if (live && !rules.equals(RoutingRules.NONE)) {
      job.problem(
          "routing",
          "all but by belongs into the live configuration where there is a store;"
              + " initial-configuration can name a file with it");
    } else {
      by.flatMap(exchange -> exchange.mistake(rules))
          .ifPresent(mistake -> job.problem("routing", mistake));
    }
    return new ExchangeSettings(by.orElse(Exchange.NONE), rules);
  }

  private static RoutingRules rules(Section section) {
    return new RoutingRules(
        section.optionalText("strategy"),
        weights(section),
        section.has("draws") ? (int) section.integer("draws", 1, Integer.MAX_VALUE) : null,
        section.has("split-keys") ? section.flag("split-keys", false) : null);
  }

  private static List<Integer> weights(Section section) {
    List<Integer> weights = new ArrayList<>();
    for (String text : section.texts("weights")) {
      try {
        weights.add(Integer.valueOf(text));
      } catch (NumberFormatException e) {
        section.problem("weights", "must be whole numbers, one for each receiver, not " + text);
      }
    }
    return weights;
  }
}
