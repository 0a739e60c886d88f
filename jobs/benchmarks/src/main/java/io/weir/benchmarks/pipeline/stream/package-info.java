/** The events on their way into Kafka, and the rows on their way out of it. */
@NullMarked
package io.weir.benchmarks.pipeline.stream;

import org.jspecify.annotations.NullMarked;
