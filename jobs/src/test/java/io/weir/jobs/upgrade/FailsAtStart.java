package io.weir.jobs.upgrade;

/** The main class of a release that does not understand its arguments. */
public final class FailsAtStart {

  private FailsAtStart() {}

  public static void main(String[] args) {
    if (args.length > 0) {
      throw new IllegalArgumentException("this release knows no " + args[0]);
    }
  }
}
