/** Tests of the life of alerts. */
@NullMarked
package io.weir.operators.alert;

import org.jspecify.annotations.NullMarked;
