/** Tests of dead letters after the fact. */
@NullMarked
package io.weir.jobs.letters;

import org.jspecify.annotations.NullMarked;
