package io.weir.jobs.analytics;

import io.weir.jobs.analytics.Watch.Result;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;

/** Where a job's results and dead letters go, and how they are read there. */
interface Target extends AutoCloseable {

  /** The job's {@code sink} and {@code dead-letters}. */
  String settings();

  /** Reads what a reader who never stops reading gets to see next. */
  Callable<List<Result>> look();

  /** All results that readers can see now. */
  List<Result> results() throws Exception;

  /** All results that the job has sent, also those that readers do not see yet. */
  List<Result> sent() throws Exception;

  /** All dead letters that readers can see now, as {@code reason origin position}. */
  List<String> deadLetters() throws Exception;

  @Override
  void close() throws SQLException;
}
