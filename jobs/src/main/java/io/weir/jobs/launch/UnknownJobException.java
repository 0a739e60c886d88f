package io.weir.jobs.launch;

import java.util.List;

/** There is no job of that name. */
public final class UnknownJobException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final String job;
  private final List<String> allowed;

  UnknownJobException(String job, List<String> allowed) {
    super("unknown job '" + job + "'; allowed: " + String.join(", ", allowed));
    this.job = job;
    this.allowed = List.copyOf(allowed);
  }

  public String job() {
    return job;
  }

  public List<String> allowed() {
    return allowed;
  }
}
