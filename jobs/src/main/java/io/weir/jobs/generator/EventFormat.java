package io.weir.jobs.generator;

/** Writes an event's fields. One instance serves one thread. */
interface EventFormat {

  /** Stands for a time that is none. */
  long BAD_TIME = Long.MIN_VALUE;

  byte[] write(
      long id,
      long timeMillis,
      byte[] host,
      byte[] method,
      byte[] url,
      byte[] status,
      long bytes,
      byte[] agent);
}
