/** Where configured operators may stand. */
@NullMarked
package io.weir.operators.epoch.operator;

import org.jspecify.annotations.NullMarked;
