@NullMarked
package io.weir.jobs.upgrade;

import org.jspecify.annotations.NullMarked;
