/** What each profile in {@code flink-conf} wins and costs, on one job in one process. */
@NullMarked
package io.weir.benchmarks.profiles;

import org.jspecify.annotations.NullMarked;
