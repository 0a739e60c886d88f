/**
 * Made-up access-log events, for demonstrations, tests and benchmarks. Event i is a function of the
 * settings and i alone: {@link io.weir.jobs.generator.Timeline} says when it arrives and what is in
 * the way of its time, {@link io.weir.jobs.generator.Account} what kind of event it is, {@link
 * io.weir.jobs.generator.EventMaker} its bytes. So the same seed makes the same events at any
 * parallelism, and a test can count what a job should find without running the generator.
 */
@NullMarked
package io.weir.jobs.generator;

import org.jspecify.annotations.NullMarked;
