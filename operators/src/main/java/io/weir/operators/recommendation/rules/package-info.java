/** What may change while the job runs: how much is counted and kept, and how it becomes a list. */
@NullMarked
package io.weir.operators.recommendation.rules;

import org.jspecify.annotations.NullMarked;
