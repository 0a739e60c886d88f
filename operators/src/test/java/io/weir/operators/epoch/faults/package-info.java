/**
 * Jobs whose versions change all the time while parts of them are lost, moved, or finish; and what
 * they must have committed in the end.
 */
@NullMarked
package io.weir.operators.epoch.faults;

import org.jspecify.annotations.NullMarked;
