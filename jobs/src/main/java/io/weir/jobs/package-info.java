/** The jobs of Weir by name, and the program that starts one of them on a Flink cluster. */
@NullMarked
package io.weir.jobs;

import org.jspecify.annotations.NullMarked;
