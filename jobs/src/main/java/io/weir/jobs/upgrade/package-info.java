/**
 * A running job is replaced by one of a newer jar, by way of a savepoint: {@code weir upgrade}.
 *
 * <p>Each request that changes something bears an id of its own, so that it can be asked for, or
 * sent again, when its answer was lost. Nothing is started before it is certain that what it
 * replaces has ended.
 */
@NullMarked
package io.weir.jobs.upgrade;

import org.jspecify.annotations.NullMarked;
