package io.weir.consensus.contract;

import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.WatchListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a watch has told. */
final class CollectedVersions implements WatchListener {

  final List<Revision> revisions = new CopyOnWriteArrayList<>();
  final List<StoreException> ends = new CopyOnWriteArrayList<>();

  @Override
  public void onRevision(Revision revision) {
    revisions.add(revision);
  }

  @Override
  public void onEnd(StoreException reason) {
    ends.add(reason);
  }
}
