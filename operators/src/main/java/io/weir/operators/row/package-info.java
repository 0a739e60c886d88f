/**
 * Rows whose columns are declared at run time. A {@link io.weir.operators.row.Schema} names and
 * types the columns; a {@link io.weir.operators.row.Row} holds the values without boxing; {@link
 * io.weir.operators.row.RowTypeInfo} tells Flink how rows travel and rest in state.
 */
@NullMarked
package io.weir.operators.row;

import org.jspecify.annotations.NullMarked;
