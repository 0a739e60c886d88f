/**
 * Conditions on rows, in the Common Expression Language (CEL): {@code where: status < 500}. A
 * condition is parsed and type-checked once, against the columns, when settings are read; {@link
 * io.weir.jobs.expressions.RowPredicate} then tests row after row. {@code docs/expressions.md}
 * describes the language for users.
 *
 * <p>CEL is the one authority on what a condition means. The forms that most conditions consist of
 * (a column against a constant, joined by and, or, not) are run by nodes of our own that read the
 * row without boxing, and everything else by CEL's interpreter; a test holds the two against each
 * other.
 */
@NullMarked
package io.weir.jobs.expressions;

import org.jspecify.annotations.NullMarked;
