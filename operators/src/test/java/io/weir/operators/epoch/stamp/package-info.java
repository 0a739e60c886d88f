/** How stamps are written down. */
@NullMarked
package io.weir.operators.epoch.stamp;

import org.jspecify.annotations.NullMarked;
