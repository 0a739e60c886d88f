@NullMarked
package io.weir.operators.source.file;

import org.jspecify.annotations.NullMarked;
