@NullMarked
package io.weir.operators.trace;

import org.jspecify.annotations.NullMarked;
