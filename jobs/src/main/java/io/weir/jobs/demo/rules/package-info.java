/** The demo's live configuration: its versions, and what the job did with them. */
@NullMarked
package io.weir.jobs.demo.rules;

import org.jspecify.annotations.NullMarked;
