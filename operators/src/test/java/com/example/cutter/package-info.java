/**
 * A job by somebody who uses {@code weir-operators} as a library; docs/your-own-job.md shows it.
 */
@NullMarked
package com.example.cutter;

import org.jspecify.annotations.NullMarked;
