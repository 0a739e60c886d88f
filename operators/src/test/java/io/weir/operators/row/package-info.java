@NullMarked
package io.weir.operators.row;

import org.jspecify.annotations.NullMarked;
