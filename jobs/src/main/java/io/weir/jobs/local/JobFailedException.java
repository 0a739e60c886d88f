package io.weir.jobs.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * A job ended, or did not start, because of an error. The message is a line or two: the last two
 * causes that say something of their own.
 */
public final class JobFailedException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param job the job's name, or that of a server it needs
   */
  public JobFailedException(String job, Throwable cause) {
    super(job + " failed: " + describe(cause), cause);
  }

  private static String describe(Throwable error) {
    List<Throwable> causes = new ArrayList<>();
    Throwable root = error;
    for (Throwable at = error; at != null; at = at.getCause()) {
      root = at;
      if (!isWrapper(at)) {
        causes.add(at);
      }
    }
    if (causes.isEmpty()) {
      return root.toString();
    }
    Throwable last = causes.get(causes.size() - 1);
    return causes.size() == 1
        ? last.toString()
        : causes.get(causes.size() - 2) + System.lineSeparator() + "caused by " + last;
  }

  // Flink's runtime says that a job failed and was not restarted; futures, that they failed.
  private static boolean isWrapper(Throwable error) {
    return error instanceof CompletionException
        || error instanceof ExecutionException
        || error.getClass().getName().startsWith("org.apache.flink.runtime.");
  }
}
