/** What is accepted and what is not, by stamps that nobody made in a job. */
@NullMarked
package io.weir.operators.epoch.verify;

import org.jspecify.annotations.NullMarked;
