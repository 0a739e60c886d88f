package io.weir.consensus.http;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The nodes of a cluster in a ring, and the one that is asked now. */
final class Nodes {

  private final List<URI> nodes;
  private final AtomicInteger current;

  /**
   * @param first is asked first: clients that start at different nodes share the load
   */
  Nodes(List<URI> nodes, int first) {
    this.nodes = nodes;
    this.current = new AtomicInteger(first);
  }

  URI current() {
    return nodes.get(current.get());
  }

  /** Leaves a node that failed, unless somebody left it already. */
  void leave(URI failed) {
    int index = nodes.indexOf(failed);
    current.compareAndSet(index, (index + 1) % nodes.size());
  }

  List<URI> all() {
    return nodes;
  }
}
