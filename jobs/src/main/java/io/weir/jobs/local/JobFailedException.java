package io.weir.jobs.local;

/** A job ended, or did not start, because of an error; the message is the error's deepest cause. */
public final class JobFailedException extends Exception {

  private static final long serialVersionUID = 1;

  JobFailedException(String job, Throwable cause) {
    super(job + " failed: " + describe(rootOf(cause)), cause);
  }

  private static Throwable rootOf(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String describe(Throwable root) {
    return root.getMessage() == null ? root.getClass().getName() : root.toString();
  }
}
