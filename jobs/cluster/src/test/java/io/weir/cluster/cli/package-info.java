@NullMarked
package io.weir.cluster.cli;

import org.jspecify.annotations.NullMarked;
