package io.weir.operators.alert.rule;

/** The kinds of series. */
public enum Scope {
  /** All spans of a service. */
  SERVICE,
  /** The spans of a service that have one name. */
  OPERATION,
  /** The calls from one service to another. */
  EDGE
}
