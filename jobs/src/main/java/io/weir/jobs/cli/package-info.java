/**
 * The command line {@code ./weir}. Exit codes: 0 done, 1 failed, 2 wrong usage (options, names,
 * settings), 130 interrupted. Results go to standard output, everything else to standard error. The
 * only package that prints.
 */
@NullMarked
package io.weir.jobs.cli;

import org.jspecify.annotations.NullMarked;
