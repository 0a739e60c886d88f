/** A real Dubbo provider and a real Dubbo consumer, whose calls the monitoring job counts. */
@NullMarked
package io.weir.jobs.dubbo;

import org.jspecify.annotations.NullMarked;
