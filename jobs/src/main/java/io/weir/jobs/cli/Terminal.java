package io.weir.jobs.cli;

import io.weir.jobs.local.StatusLine;
import java.io.PrintWriter;

/** Draws the status line on a terminal, by ECMA-48 control sequences. */
final class Terminal implements StatusLine {

  /** To the line's start, and everything behind it away. */
  static final String EMPTY_LINE = "\r\u001b[K";

  private final PrintWriter err;

  Terminal(PrintWriter err) {
    this.err = err;
  }

  @Override
  public synchronized void show(String text) {
    err.print(EMPTY_LINE + text);
    err.flush();
  }

  @Override
  public synchronized void say(String text) {
    err.println(EMPTY_LINE + text);
  }

  @Override
  public synchronized void clear() {
    err.print(EMPTY_LINE);
    err.flush();
  }
}
