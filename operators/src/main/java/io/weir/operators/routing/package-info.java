/**
 * Which receiver a record goes to, as live configuration. {@link io.weir.operators.routing.Routing}
 * puts a route into a stream: an operator that is chained to the senders holds the {@link
 * io.weir.operators.routing.RoutingTable} in force and hands it to the partitioner of its own task.
 * Strategy and weights switch at checkpoint barriers like all configuration, so no record goes by
 * the wrong table, and no record carries its route.
 *
 * <p>The strategies themselves are in {@link io.weir.operators.routing.select}; aggregates of keys
 * that are too hot for one receiver in {@link io.weir.operators.routing.split}.
 */
@NullMarked
package io.weir.operators.routing;

import org.jspecify.annotations.NullMarked;
