@NullMarked
package io.weir.jobs.input;

import org.jspecify.annotations.NullMarked;
