/**
 * Several bounded origins read as one, in the order of a key. {@link
 * io.weir.operators.source.ordered.OrderedOrigins} sorts with bounded memory: sorted runs go to a
 * temporary folder and are merged from there (Knuth, The Art of Computer Programming, volume 3,
 * 5.4). The caller's {@link io.weir.operators.source.ordered.SortKey} makes the keys, {@link
 * io.weir.operators.source.ordered.KeyBytes} writes them so that bytes compare as values do.
 */
@NullMarked
package io.weir.operators.source.ordered;

import org.jspecify.annotations.NullMarked;
