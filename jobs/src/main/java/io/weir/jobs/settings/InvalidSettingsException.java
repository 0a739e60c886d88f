package io.weir.jobs.settings;

import java.util.List;

/** The settings cannot be used; the message lists every mistake, a line each. */
public final class InvalidSettingsException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final List<String> problems;

  InvalidSettingsException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** The mistakes, each as {@code place: key: what is wrong and what is allowed}. */
  public List<String> problems() {
    return problems;
  }
}
