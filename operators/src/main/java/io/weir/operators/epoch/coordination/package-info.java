/**
 * Who decides, in the JobManager, which version is in force behind which checkpoint's barrier. Each
 * configured operator has an {@link io.weir.operators.epoch.coordination.EpochCoordinator}, as
 * Flink wants it; those of a job share one {@link io.weir.operators.epoch.coordination.JobEpochs},
 * which drives the {@link io.weir.operators.epoch.coordination.EpochProtocol}: a pure state machine
 * that decides once per checkpoint for the whole job, has every subtask prepare before any barrier
 * exists, and after an aborted checkpoint finds out who switched. A {@link
 * io.weir.operators.epoch.store.StoreFollower} tells it what the store agreed on.
 */
@NullMarked
package io.weir.operators.epoch.coordination;

import org.jspecify.annotations.NullMarked;
