/** Jobs whose rows show under which versions they were made, and stores that can be taken away. */
@NullMarked
package io.weir.operators.epoch;

import org.jspecify.annotations.NullMarked;
