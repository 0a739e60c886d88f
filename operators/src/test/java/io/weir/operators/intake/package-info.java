@NullMarked
package io.weir.operators.intake;

import org.jspecify.annotations.NullMarked;
