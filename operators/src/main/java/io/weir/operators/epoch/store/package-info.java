/**
 * What a job hears from its store and tells it: a {@link
 * io.weir.operators.epoch.store.StoreFollower} learns of versions and makes sure that they continue
 * the history that the job comes from, a {@link io.weir.operators.epoch.store.Ledger} notes what
 * became of them. In the JobManager.
 */
@NullMarked
package io.weir.operators.epoch.store;

import org.jspecify.annotations.NullMarked;
