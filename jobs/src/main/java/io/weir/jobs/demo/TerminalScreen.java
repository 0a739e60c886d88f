package io.weir.jobs.demo;

import java.io.PrintWriter;
import java.util.List;

/** Redraws a table in place, by ECMA-48 control sequences, each frame in one write. */
final class TerminalScreen implements Screen {

  // Longer lines are cut off instead of taking a second row, whatever the terminal's width.
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";
  private static final String ERASE_LINE_REST = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintWriter out;
  private int drawn;

  TerminalScreen(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void say(String line) {
    drawn = 0;
    out.println(line);
    out.flush();
  }

  @Override
  public void show(Progress progress) {
    List<String> lines = Dashboard.frame(progress);
    StringBuilder frame = new StringBuilder(NO_WRAP);
    if (drawn > 0) {
      // Up to the first line, and to its start.
      frame.append("\u001b[").append(drawn).append("A\r");
    }
    for (int i = 0; i < lines.size(); i++) {
      frame.append(i == 0 ? BOLD + lines.get(i) + PLAIN : lines.get(i));
      frame.append(ERASE_LINE_REST).append('\n');
    }
    frame.append(ERASE_BELOW).append(WRAP);
    drawn = lines.size();
    out.print(frame);
    out.flush();
  }
}
