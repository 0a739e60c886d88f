/**
 * The epoch protocol in the JobManager. Each configured operator has an {@link
 * io.weir.operators.epoch.coordination.EpochCoordinator}, as Flink wants it; those of a job share
 * one {@link io.weir.operators.epoch.coordination.JobEpochs}, which drives the {@link
 * io.weir.operators.epoch.protocol.EpochProtocol}. A {@link
 * io.weir.operators.epoch.store.StoreFollower} tells it what the store agreed on.
 */
@NullMarked
package io.weir.operators.epoch.coordination;

import org.jspecify.annotations.NullMarked;
