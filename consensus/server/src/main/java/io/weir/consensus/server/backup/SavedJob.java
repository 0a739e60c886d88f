package io.weir.consensus.server.backup;

import io.weir.consensus.VersionId;
import org.jspecify.annotations.Nullable;

/**
 * What stands before a job's ledger and versions.
 *
 * @param newest its last version in the backup
 * @param schema of its documents; null when none was registered
 */
record SavedJob(String job, VersionId newest, @Nullable String schema) {}
