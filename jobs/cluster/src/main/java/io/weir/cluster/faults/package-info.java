/**
 * What a cluster must survive. Under a steady load of numbered events, and with a configuration
 * that changes every few seconds, something breaks; in the end an independent reader looks for
 * every event in the results and the dead letters, and for every record in the stamps of its
 * version.
 */
@NullMarked
package io.weir.cluster.faults;

import org.jspecify.annotations.NullMarked;
