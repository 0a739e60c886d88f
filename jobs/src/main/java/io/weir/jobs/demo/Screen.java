package io.weir.jobs.demo;

/** Where the demo shows itself; used by one thread. */
public interface Screen {

  /** Writes a line that stays. */
  void say(String line);

  /** Shows how things are now; asked about once a second. */
  void show(Progress progress);
}
