package io.weir.benchmarks.store.sides;

import java.io.IOException;
import java.util.List;

/** Three nodes of a store. One thread's. */
public interface Side {

  List<String> NODES = List.of("n1", "n2", "n3");

  /** As it is called in the result. */
  String name();

  /**
   * A client that knows these nodes, each by one of {@link #NODES}. It need not be connected yet.
   *
   * @throws IOException when it cannot be made
   */
  StoreClient connect(List<String> nodes) throws IOException;

  /** The node that leads now; all nodes must run. */
  String leader() throws IOException;

  Servers servers();
}
