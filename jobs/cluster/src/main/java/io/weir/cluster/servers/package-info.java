/**
 * One class for each kind of server of a cluster on one machine: what it needs in the cluster's
 * folder, how its processes are started, and how to tell that they serve. All listen on 127.0.0.1
 * alone and are small: together about 5 GB.
 */
@NullMarked
package io.weir.cluster.servers;

import org.jspecify.annotations.NullMarked;
