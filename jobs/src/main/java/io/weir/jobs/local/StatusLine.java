package io.weir.jobs.local;

/** The last line of a terminal, written anew again and again; called by any thread. */
public interface StatusLine {

  /** Replaces the line. */
  void show(String text);

  /** Writes a line that stays. */
  void say(String text);

  /** Empties the line. */
  void clear();
}
