package io.weir.operators.epoch.verify;

/** What holds in a job whose operators all switch at the same barriers. */
public enum Rule {
  /** All operators of a job process a record under the same version. */
  ONE_VERSION_PER_RECORD("a record under two versions"),

  /** All subtasks of all operators of a job are under the same version in an epoch. */
  ONE_VERSION_PER_EPOCH("an epoch under two versions"),

  /**
   * Whoever is restored from a checkpoint is in its epoch under the version that it had: another
   * attempt, and a job that was started from a savepoint.
   */
  REPLAY_UNDER_THE_SAME_VERSION("an epoch replayed under another version"),

  /** The version of a job goes back only where everybody was restored. */
  NO_WAY_BACK("the version went back while a subtask went on");

  private final String broken;

  Rule(String broken) {
    this.broken = broken;
  }

  /** What it is called when it does not hold. */
  public String broken() {
    return broken;
  }
}
