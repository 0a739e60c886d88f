/**
 * What the runs of a job have said in the ledger, read for people: how the job stands, and whether
 * a run holds a version that this store's history does not contain.
 */
@NullMarked
package io.weir.consensus.server.runs;

import org.jspecify.annotations.NullMarked;
