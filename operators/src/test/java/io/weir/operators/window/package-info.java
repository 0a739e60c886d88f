/** Tests of the windows: each operator alone, both against a naive batch, and in a cluster. */
@NullMarked
package io.weir.operators.window;

import org.jspecify.annotations.NullMarked;
