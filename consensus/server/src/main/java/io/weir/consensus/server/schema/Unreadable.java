package io.weir.consensus.server.schema;

/** A document is YAML, but no JSON value stands for it, or it goes beyond a bound. */
final class Unreadable extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final String pointer;
  private final String explanation;

  /**
   * @param pointer JSON pointer (RFC 6901) to the place
   */
  Unreadable(String pointer, String explanation) {
    super(explanation);
    this.pointer = pointer;
    this.explanation = explanation;
  }

  String pointer() {
    return pointer;
  }

  String explanation() {
    return explanation;
  }
}
