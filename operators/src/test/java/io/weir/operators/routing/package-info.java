/** Tests of routes, in a cluster of the test's process. */
@NullMarked
package io.weir.operators.routing;

import org.jspecify.annotations.NullMarked;
