/** Tests of the monitoring job's rules. */
@NullMarked
package io.weir.jobs.monitoring.alerts;

import org.jspecify.annotations.NullMarked;
