/**
 * Sources for the gate. A {@link io.weir.operators.source.StaticSource} reads {@link
 * io.weir.operators.source.Origins} that are known when the job starts (files, the lanes of a
 * generator): its enumerator hands out all of them at once, each reader reads its share with a
 * {@link io.weir.operators.source.Cursor} in the task's own thread and closes each origin with
 * {@code FINISHED}. A {@link io.weir.operators.source.ClockedSource} around it, or around any other
 * source such as Kafka's, announces each origin ({@code ASSIGNED}) before its first record and
 * keeps its clock: it is saved with the split that it tells the time of, so it goes wherever the
 * split goes when a job is restored or rescaled.
 */
@NullMarked
package io.weir.operators.source;

import org.jspecify.annotations.NullMarked;
