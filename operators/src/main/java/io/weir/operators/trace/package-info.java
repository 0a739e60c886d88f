/**
 * Spans of distributed traces, put together by their ids: repeats are dropped, and calls from one
 * service to another found.
 */
@NullMarked
package io.weir.operators.trace;

import org.jspecify.annotations.NullMarked;
