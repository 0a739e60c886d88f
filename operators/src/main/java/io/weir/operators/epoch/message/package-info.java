/**
 * What the coordinators in the JobManager and the operators in the tasks say to each other. Java
 * serialization carries it between processes of one job, which run the same build.
 */
@NullMarked
package io.weir.operators.epoch.message;

import org.jspecify.annotations.NullMarked;
