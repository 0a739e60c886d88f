package io.weir.cluster.faults;

import java.time.Duration;

/**
 * How long it took until all went on, counted from the moment of the fault.
 *
 * @param results until a checkpoint that began behind the fault was complete: its results are seen
 * @param changes until a version that was agreed on behind the fault was in force
 * @param restored the checkpoint that the job went back to; 0 if it did not
 */
record Recovery(Duration results, Duration changes, long restored) {}
