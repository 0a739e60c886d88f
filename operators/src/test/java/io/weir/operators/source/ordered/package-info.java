@NullMarked
package io.weir.operators.source.ordered;

import org.jspecify.annotations.NullMarked;
