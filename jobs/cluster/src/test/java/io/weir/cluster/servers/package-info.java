@NullMarked
package io.weir.cluster.servers;

import org.jspecify.annotations.NullMarked;
