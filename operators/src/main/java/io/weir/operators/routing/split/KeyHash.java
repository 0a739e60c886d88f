package io.weir.operators.routing.split;

import java.io.Serializable;

/** Tells rows of different keys apart, without making an object. */
@FunctionalInterface
public interface KeyHash<T> extends Serializable {

  /** A hash of the row's key, the same in every JVM. Asked by one thread. */
  int of(T row) throws Exception;
}
