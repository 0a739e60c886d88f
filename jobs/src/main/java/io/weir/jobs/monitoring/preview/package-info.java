/**
 * What rules would have told: the monitoring job runs over recorded spans, and the transitions that
 * it wrote are put together to alerts.
 */
@NullMarked
package io.weir.jobs.monitoring.preview;

import org.jspecify.annotations.NullMarked;
