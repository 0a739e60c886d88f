/**
 * Spans of distributed traces, put together by their ids: {@link
 * io.weir.operators.trace.link.LinkedSpans} drops repeats and finds the calls from one service to
 * another. Calls are late by nature, so their watermark is held back.
 */
@NullMarked
package io.weir.operators.trace.link;

import org.jspecify.annotations.NullMarked;
