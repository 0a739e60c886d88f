@NullMarked
package io.weir.release;

import org.jspecify.annotations.NullMarked;
