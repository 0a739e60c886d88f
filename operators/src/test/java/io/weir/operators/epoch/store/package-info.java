/** Tests of what a job hears from its store. */
@NullMarked
package io.weir.operators.epoch.store;

import org.jspecify.annotations.NullMarked;
