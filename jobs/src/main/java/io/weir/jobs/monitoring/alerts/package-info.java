/**
 * The alerts of the monitoring job: what its live configuration says of them, in YAML or JSON, and
 * how the rows of its tables become samples that the rules judge, and transitions rows again.
 */
@NullMarked
package io.weir.jobs.monitoring.alerts;

import org.jspecify.annotations.NullMarked;
