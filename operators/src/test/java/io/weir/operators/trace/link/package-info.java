/** Tests of traces put together. */
@NullMarked
package io.weir.operators.trace.link;

import org.jspecify.annotations.NullMarked;
