/**
 * Recommendations while events come in: item-based collaborative filtering as a part of a job.
 *
 * <pre>
 * actions ═► history ═► model ═► merge ─► outcomes, one for each action
 *            by user    by shard  by user    └─► quality, in one place
 * </pre>
 *
 * <p>The history of a user says what an action teaches: a lesson. Each subtask of the model gets
 * each lesson, the one with the item all of it, others only what concerns their items; it first
 * judges, then learns, then recommends. What the subtasks found is merged behind it. What is
 * counted is in {@link io.weir.operators.recommendation.model}, and how it grows and scores items
 * in {@link io.weir.operators.recommendation.shard}.
 */
@NullMarked
package io.weir.operators.recommendation;

import org.jspecify.annotations.NullMarked;
