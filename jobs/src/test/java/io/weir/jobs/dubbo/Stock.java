package io.weir.jobs.dubbo;

/** What the provider offers. Public for Dubbo. */
public interface Stock {

  /** Tells how many pieces there are. */
  int count(String item, Outcome outcome) throws SoldOutException;

  /** Puts pieces aside. */
  String reserve(String item, Outcome outcome) throws SoldOutException;
}
