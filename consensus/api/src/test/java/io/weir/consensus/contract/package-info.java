/** What every store promises to those who use it, as tests. */
@NullMarked
package io.weir.consensus.contract;

import org.jspecify.annotations.NullMarked;
