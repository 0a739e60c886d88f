/**
 * What spans take themselves, without what their children take: a service that waits for another
 * one is not blamed for it. {@link io.weir.operators.trace.self.SelfTimes} keeps the spans of a
 * trace, in keyed state, until all of a span's children can have come, and only while somebody
 * asks. Savepoints name the serializer.
 */
@NullMarked
package io.weir.operators.trace.self;

import org.jspecify.annotations.NullMarked;
