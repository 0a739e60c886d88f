package io.weir.jobs.analytics;

import io.weir.jobs.expressions.InvalidExpressionException;
import io.weir.jobs.expressions.RowPredicate;
import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.row.Schema;
import java.util.Optional;

/**
 * The condition of an {@link AnalyticsRules} document, on the columns of a job.
 *
 * @param columns of the rows that it is asked of
 * @param routing what the job can make of the document's rules for routing
 */
record WhereType(Schema columns, RoutingType routing)
    implements ConfigurationType<Optional<RowPredicate>> {

  @Override
  public String schema() {
    return AnalyticsRules.schema();
  }

  @Override
  public Optional<RowPredicate> decode(String document) throws InvalidConfigurationException {
    // Without an exchange there is no operator of its own that would refuse these.
    var unused = routing.decode(document);
    String where = AnalyticsRules.read(document).where();
    if (where == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(RowPredicate.of(where, columns));
    } catch (InvalidExpressionException e) {
      throw new InvalidConfigurationException("where: " + e.getMessage(), e);
    }
  }
}
