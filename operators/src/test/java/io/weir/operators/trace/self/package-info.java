@NullMarked
package io.weir.operators.trace.self;

import org.jspecify.annotations.NullMarked;
