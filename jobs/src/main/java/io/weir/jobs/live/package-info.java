/**
 * How a job's settings name its live configuration: the document, the store that holds it, and how
 * soon a new version is taken. What a version means belongs to each job.
 */
@NullMarked
package io.weir.jobs.live;

import org.jspecify.annotations.NullMarked;
