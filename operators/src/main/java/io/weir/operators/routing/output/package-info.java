/**
 * How an operator steers the partitioner behind it. Flink makes a task's partitioners first, out of
 * bytes, and the operators later, and neither knows of the other; both are made, and run, in the
 * task's one thread. A {@link io.weir.operators.routing.output.RouteOperator} finds the {@link
 * io.weir.operators.routing.output.RoutePartitioner}s of its route there, and the queues that they
 * fill, and is handed the job's configuration in time with everybody else.
 */
@NullMarked
package io.weir.operators.routing.output;

import org.jspecify.annotations.NullMarked;
