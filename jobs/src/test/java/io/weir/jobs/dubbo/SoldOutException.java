package io.weir.jobs.dubbo;

/** A business exception. Public for Dubbo, which carries it to the consumer. */
public final class SoldOutException extends Exception {

  private static final long serialVersionUID = 1;

  /** Says what is sold out. */
  public SoldOutException(String item) {
    super(item + " is sold out");
  }
}
