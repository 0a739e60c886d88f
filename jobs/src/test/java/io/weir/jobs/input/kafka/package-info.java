@NullMarked
package io.weir.jobs.input.kafka;

import org.jspecify.annotations.NullMarked;
