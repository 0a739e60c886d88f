/**
 * Makes what a cluster needs to try it out or to test it: two authorities, one that nodes trust
 * each other by and one that clients trust the nodes by, the nodes' certificates, and three tokens.
 *
 * <p>The authorities' keys lie beside what they signed; a cluster that matters gets its
 * certificates from an authority whose key is kept elsewhere.
 */
@NullMarked
package io.weir.consensus.server.certificates;

import org.jspecify.annotations.NullMarked;
