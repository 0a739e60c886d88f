/**
 * Whether every event is where it belongs, exactly once. An account of its own: it reads the topic
 * and the tables anew, with other code than the jobs', and knows from the generator's {@link
 * io.weir.jobs.generator.Account} what must be there. Nothing that a job counts enters it.
 */
@NullMarked
package io.weir.jobs.demo.balance;

import org.jspecify.annotations.NullMarked;
