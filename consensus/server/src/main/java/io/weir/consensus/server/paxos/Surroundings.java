package io.weir.consensus.server.paxos;

/** What a proposer's node needs of the world: the network, the clock, chance. */
public interface Surroundings {

  /** Sends a request, to this node's own acceptor too; it may be lost. */
  void send(String acceptor, Message.Request request);

  /** Does something later, on the thread that drives the registers. */
  Timer after(long millis, Runnable task);

  /** A number from 0 on, below the bound. */
  int random(int bound);

  /** Something that was to be done later. */
  interface Timer {

    /** It will not be done, unless it was already. */
    void cancel();
  }
}
