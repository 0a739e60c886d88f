/** Tests of anomaly scores: the detector alone, its state, and the function behind a key. */
@NullMarked
package io.weir.operators.anomaly;

import org.jspecify.annotations.NullMarked;
