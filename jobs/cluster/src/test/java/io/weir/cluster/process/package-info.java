@NullMarked
package io.weir.cluster.process;

import org.jspecify.annotations.NullMarked;
