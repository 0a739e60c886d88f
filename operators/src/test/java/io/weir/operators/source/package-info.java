@NullMarked
package io.weir.operators.source;

import org.jspecify.annotations.NullMarked;
