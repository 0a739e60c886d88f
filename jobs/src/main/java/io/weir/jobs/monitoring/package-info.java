/**
 * Monitoring of services by their spans: rate, errors and duration ("RED", Wilkie) by service,
 * operation, and edge between services.
 */
@NullMarked
package io.weir.jobs.monitoring;

import org.jspecify.annotations.NullMarked;
