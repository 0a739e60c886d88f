package io.weir.jobs.demo.balance;

/**
 * What counts of an event, as the demo's settings declare it.
 *
 * @param id the index of the event, or of the one that it repeats
 * @param timeMillis since 1970
 */
record Event(long id, long timeMillis, String host, String url, long status, long bytes) {}
