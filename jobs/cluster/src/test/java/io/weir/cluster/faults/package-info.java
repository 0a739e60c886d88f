@NullMarked
package io.weir.cluster.faults;

import org.jspecify.annotations.NullMarked;
