package io.weir.consensus.store;

import io.weir.consensus.Chain;
import io.weir.consensus.Change;
import io.weir.consensus.Limits;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.register.Stored;
import org.jspecify.annotations.Nullable;

/** Versions of a backup, before they go into the log. */
final class Backups {

  private Backups() {}

  /**
   * The version as the register keeps it.
   *
   * @throws StoreException.InvalidRequest when it is not one that a store can have agreed on
   */
  static Stored stored(Revision revision) {
    checkTexts(revision);
    if (!revision.hash().equals(Chain.hash(revision))) {
      throw refused(revision, "it does not fit its hash");
    }
    String document = revision.document();
    if (document == null) {
      return new Stored(revision, null);
    }
    if (!Chain.hashDocument(document).equals(revision.documentHash())) {
      throw refused(revision, "its document does not fit its hash");
    }
    byte @Nullable [] content = Limits.compress(document);
    return new Stored(revision.withDocument(null), content);
  }

  /** They are bounded as those of a proposal are. */
  private static void checkTexts(Revision revision) {
    Limits.checkVersion("version", revision.version(), 1);
    var unused =
        new Proposal(
            revision.job(),
            revision.version() - 1,
            new Change.Delete(),
            revision.author(),
            revision.reason(),
            revision.requestId());
  }

  private static StoreException refused(Revision revision, String why) {
    return new StoreException.InvalidRequest(
        "version %d of job '%s' cannot be restored: %s"
            .formatted(revision.version(), revision.job(), why));
  }
}
