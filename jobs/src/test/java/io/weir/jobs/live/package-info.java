/** Tests of what settings say of live configuration. */
@NullMarked
package io.weir.jobs.live;

import org.jspecify.annotations.NullMarked;
