package io.weir.consensus.server.doctor;

/**
 * What a check saw.
 *
 * @param what was looked at, such as a file or a port
 * @param says what was seen
 * @param advice what to do; empty where all is well
 */
public record Finding(Level level, String what, String says, String advice) {

  /** How bad it is. */
  public enum Level {
    OK,
    /** It may work. */
    WARN,
    /** It cannot work, or not safely. */
    FAIL
  }

  static Finding ok(String what, String says) {
    return new Finding(Level.OK, what, says, "");
  }

  static Finding warn(String what, String says, String advice) {
    return new Finding(Level.WARN, what, says, advice);
  }

  static Finding fail(String what, String says, String advice) {
    return new Finding(Level.FAIL, what, says, advice);
  }
}
