/**
 * What can be wrong before a start: settings, ports, certificates, clocks, disk, limits. Each check
 * looks at one thing, changes nothing, and says what to do.
 */
@NullMarked
package io.weir.consensus.server.doctor;

import org.jspecify.annotations.NullMarked;
