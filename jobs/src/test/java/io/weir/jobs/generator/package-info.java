@NullMarked
package io.weir.jobs.generator;

import org.jspecify.annotations.NullMarked;
