package io.weir.jobs.dubbo;

/** How a call shall end. */
public enum Outcome {
  OK,
  /** The provider throws an exception that its interface declares. */
  SOLD_OUT,
  /** The provider does not answer before the consumer gives up. */
  TIMEOUT
}
