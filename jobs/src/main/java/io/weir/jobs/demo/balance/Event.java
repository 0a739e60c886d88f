package io.weir.jobs.demo.balance;

/**
 * What counts of an event.
 *
 * @param id the index of the event, or of the one that it repeats
 * @param timeMillis since 1970
 */
record Event(long id, long timeMillis, long status) {}
