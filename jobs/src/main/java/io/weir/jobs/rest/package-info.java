/**
 * The REST API of a cluster's JobManagers, for whatever starts, stops and watches jobs: {@code weir
 * run} and {@code weir upgrade}, and the cluster of processes on one machine.
 */
@NullMarked
package io.weir.jobs.rest;

import org.jspecify.annotations.NullMarked;
