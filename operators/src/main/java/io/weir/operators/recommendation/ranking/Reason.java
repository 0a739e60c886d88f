package io.weir.operators.recommendation.ranking;

/** Which part of a score was the largest. */
public enum Reason {
  /** Users did the same with an item of this user's. */
  SIMILAR(0),
  /** It stands near an item of this user's in the sequences of others. */
  NEXT(1),
  /** It is what most users act on at the moment. */
  POPULAR(2);

  private final byte code;

  Reason(int code) {
    this.code = (byte) code;
  }

  /** The reason in messages. */
  public byte code() {
    return code;
  }

  /** The reason of a code. */
  public static Reason of(byte code) {
    for (Reason reason : values()) {
      if (reason.code == code) {
        return reason;
      }
    }
    throw new IllegalArgumentException("there is no reason " + code);
  }
}
