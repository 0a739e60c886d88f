/**
 * An exchange between a job's gate and what stands behind it, so that decoding and time stay with
 * the origins of records, and the work on rows is shared out as the job's configuration says. The
 * settings say whether there is one ({@link io.weir.jobs.routing.ExchangeSettings}), the live
 * configuration how it works ({@link io.weir.jobs.routing.RoutingRules}).
 */
@NullMarked
package io.weir.jobs.routing;

import org.jspecify.annotations.NullMarked;
