package io.weir.consensus.server.backup;

import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Revision;

/** Is told what a backup holds, in the order of the file. */
interface BackupReader {

  void job(SavedJob job);

  /** An entry of the last job, oldest first, before its versions. */
  void entry(LedgerEntry entry);

  /** A version of the last job, oldest first. */
  void version(Revision revision);
}
