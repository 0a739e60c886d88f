/** Flink's REST API, as far as starting, watching and stopping jobs takes it. */
@NullMarked
package io.weir.cluster.rest;

import org.jspecify.annotations.NullMarked;
