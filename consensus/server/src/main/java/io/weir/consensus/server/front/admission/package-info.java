/** What becomes of a request, however it came: let in or refused, and answered in time. */
@NullMarked
package io.weir.consensus.server.front.admission;

import org.jspecify.annotations.NullMarked;
