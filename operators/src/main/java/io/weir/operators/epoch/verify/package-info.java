/**
 * Judges the stamps of a job (see {@code io.weir.operators.epoch.stamp}): whether its operators
 * were under one version in each epoch. Knows nothing of how they came to switch, so it says as
 * much about any other way to change configuration.
 */
@NullMarked
package io.weir.operators.epoch.verify;

import org.jspecify.annotations.NullMarked;
