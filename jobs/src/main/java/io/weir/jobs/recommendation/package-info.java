/**
 * Recommendations from users' actions: item-based collaborative filtering that learns with each
 * event, after TencentRec (Huang et al., SIGMOD 2015), and judges itself while it runs.
 */
@NullMarked
package io.weir.jobs.recommendation;

import org.jspecify.annotations.NullMarked;
