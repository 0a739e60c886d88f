/**
 * The job jar on a real cluster: a JobManager and TaskManagers as processes of their own, started
 * as the scripts of a Flink distribution start them and with the jars of its lib folder, so that
 * what the job jar lacks is missing here too. Everything listens on 127.0.0.1 alone, on ports that
 * the system chooses.
 */
@NullMarked
package io.weir.jobs.cluster;

import org.jspecify.annotations.NullMarked;
