/**
 * The settings of a job: one YAML file, overridden key by key from the command line, with secrets
 * from the environment. A component reads its {@link io.weir.jobs.settings.Section} once, key by
 * key; every mistake in the whole file is collected in {@link io.weir.jobs.settings.Problems} and
 * reported together, with line and key, before anything starts.
 *
 * <p>A read that fails records the problem and returns a harmless stand-in (an empty text, a zero,
 * the default), so that reading goes on; {@link io.weir.jobs.settings.Problems#throwIfAny()} keeps
 * such a value from ever being used. Records of settings therefore do not check their components.
 */
@NullMarked
package io.weir.jobs.settings;

import org.jspecify.annotations.NullMarked;
