package io.weir.consensus;

/** A running watch. After {@link #close} nothing more is delivered, but what is under way. */
public interface Watch extends AutoCloseable {

  @Override
  void close();
}
