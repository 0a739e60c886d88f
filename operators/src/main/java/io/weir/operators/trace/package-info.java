/**
 * What is remembered of distributed traces while they come in: of each trace the spans that were
 * seen and those that wait for their parents, in keyed state. {@link
 * io.weir.operators.trace.TraceMemory} is its front; most traces fit into one value, a large one
 * goes on in maps. Savepoints name the serializers and the records of spans.
 */
@NullMarked
package io.weir.operators.trace;

import org.jspecify.annotations.NullMarked;
