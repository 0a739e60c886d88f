/**
 * Where a job's records come from and where its rows go, chosen by settings: {@code source: {kafka:
 * ...}}, {@code sink: {postgres: ...}}.
 */
@NullMarked
package io.weir.jobs.connectors;

import org.jspecify.annotations.NullMarked;
