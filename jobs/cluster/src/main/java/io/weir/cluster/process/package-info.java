/**
 * Programs that run as processes of their own: how they are started, paused, killed and ended, and
 * the list of them that a folder keeps, so that another program can end what this one started. A
 * process is ended by its id, and only if it is still the one that was started.
 */
@NullMarked
package io.weir.cluster.process;

import org.jspecify.annotations.NullMarked;
